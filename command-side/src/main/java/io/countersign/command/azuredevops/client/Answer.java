package io.countersign.command.azuredevops.client;

import io.countersign.kernel.project.OrganizationId;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call. Whoever asks has to say what happens in each case: the compiler sees to it.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {

  /**
   * It was done.
   *
   * @param value what was asked for
   * @param rev revision of the work item, where the answer is one; not unique: changes of links
   *     keep it
   * @param activity the service's id of the call, to be named to its support
   */
  record Ok<T>(T value, @Nullable Integer rev, @Nullable String activity) implements Answer<T> {

    /** Without the value, which may hold personal data. */
    @Override
    public String toString() {
      return "Ok[rev=" + rev + ", activity=" + activity + "]";
    }
  }

  /**
   * Anything else.
   *
   * @param <T> what was asked for
   */
  sealed interface Failure<T> extends Answer<T> {

    /** The same failure of a call that asks for something else. */
    @SuppressWarnings("unchecked") // none of them holds a T
    default <R> Failure<R> as() {
      return (Failure<R>) this;
    }

    /** A sentence for people who operate this. Names nobody and shows nothing that was sent. */
    default String why() {
      return switch (this) {
        case Conflict<T>(Fault fault) -> "changed by somebody else: " + fault.told();
        case RuleBroken<T>(Fault fault) -> "a rule of the process forbids it: " + fault.told();
        case Refused<T>(Fault fault) -> "refused: " + fault.told();
        case NotFoundOrNotPermitted<T>(Fault fault) ->
            "not there or not permitted: " + fault.told();
        case Unauthorized<T>(Fault fault) -> "not signed in: " + fault.told();
        case Throttled<T>(Instant until) -> "asked to wait until " + until;
        case Unavailable<T>(String reason) -> "not available: " + reason;
        case OutcomeUnknown<T>(String reason) -> "sent, outcome unknown: " + reason;
        case NotConfigured<T>(OrganizationId organization) ->
            "the organization %s is not among countersign.azure-devops.organizations"
                .formatted(organization);
      };
    }
  }

  /** Somebody else was first (412, 409): read again and decide again. */
  record Conflict<T>(Fault fault) implements Failure<T> {}

  /** A rule of the process forbids it; the fault has the service's words. */
  record RuleBroken<T>(Fault fault) implements Failure<T> {}

  /** The service does not do this, and will not the next time. */
  record Refused<T>(Fault fault) implements Failure<T> {}

  /** There is none, or we may not see it: the service does not tell which. */
  record NotFoundOrNotPermitted<T>(Fault fault) implements Failure<T> {}

  /** The credential is missing, expired, or not known there. */
  record Unauthorized<T>(Fault fault) implements Failure<T> {}

  /**
   * Too much was asked. Nothing was done.
   *
   * @param until when to ask again
   */
  record Throttled<T>(Instant until) implements Failure<T> {}

  /**
   * Not there at the moment. Nothing was done.
   *
   * @param reason in a few words
   */
  record Unavailable<T>(String reason) implements Failure<T> {}

  /**
   * A write was sent and nobody knows whether it was done: read before writing again.
   *
   * @param reason in a few words
   */
  record OutcomeUnknown<T>(String reason) implements Failure<T> {}

  /** The settings have no such organization. */
  record NotConfigured<T>(OrganizationId organization) implements Failure<T> {}

  /** With something made of the value, if there is one. */
  default <R> Answer<R> map(Function<? super T, ? extends R> of) {
    return switch (this) {
      case Ok<T>(T value, Integer rev, String activity) -> new Ok<>(of.apply(value), rev, activity);
      case Failure<T> failure -> failure.as();
    };
  }

  /** The answer to the next call, if this one was answered. */
  default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
    return switch (this) {
      case Ok<T> ok -> next.apply(ok.value());
      case Failure<T> failure -> failure.as();
    };
  }

  /** Its name in metrics and logs. */
  default String outcome() {
    return switch (this) {
      case Ok<T> _ -> "ok";
      case Conflict<T> _ -> "conflict";
      case RuleBroken<T> _ -> "rule-broken";
      case Refused<T> _ -> "refused";
      case NotFoundOrNotPermitted<T> _ -> "not-found-or-not-permitted";
      case Unauthorized<T> _ -> "unauthorized";
      case Throttled<T> _ -> "throttled";
      case Unavailable<T> _ -> "unavailable";
      case OutcomeUnknown<T> _ -> "outcome-unknown";
      case NotConfigured<T> _ -> "not-configured";
    };
  }
}
