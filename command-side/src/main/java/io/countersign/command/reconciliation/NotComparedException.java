package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.Answer;
import java.io.Serial;

/** Something that had to be read could not be: nothing is claimed of the window. */
final class NotComparedException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * With a reason for people.
   *
   * @param reason names nobody and shows nothing that was read
   */
  NotComparedException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** What was asked for. */
  static <T> T need(Answer<T> answer) throws NotComparedException {
    return switch (answer) {
      case Answer.Ok<T> ok -> ok.value();
      // not until when: the same reason again is no news
      case Answer.Throttled<T> _ -> throw new NotComparedException("asked to wait by the service");
      case Answer.Failure<T> failure -> throw new NotComparedException(failure.why());
    };
  }
}
