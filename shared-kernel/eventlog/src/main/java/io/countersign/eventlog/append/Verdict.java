package io.countersign.eventlog.append;

import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** What the append function said about one request. */
sealed interface Verdict {

  /** Stored, from this index on. */
  record Appended(long firstIndex) implements Verdict {}

  /** All its event ids were stored before. */
  record AlreadyStored() implements Verdict {}

  /** A sequence does not continue the stored one; the last stored is here, -1 for none. */
  record Conflict(long storedSequence) implements Verdict {}

  /** An event uses a destroyed key. */
  record KeyDestroyed() implements Verdict {}

  /** Completes a request. */
  default void completes(AppendRequest request) {
    switch (this) {
      case Appended(long firstIndex) ->
          request.future().complete(new AppendResult.Appended(firstIndex));
      case AlreadyStored() -> request.future().complete(new AppendResult.AlreadyStored());
      case Conflict(long stored) -> request.fail(conflict(request.entries().getFirst(), stored));
      case KeyDestroyed() ->
          request.fail(new EntryRefusedException("an event uses a key that was destroyed"));
    }
  }

  /** From the function's columns. */
  static Verdict of(int code, long firstIndex, long storedSequence) {
    return switch (code) {
      case 0 -> new Appended(firstIndex);
      case 1 -> new AlreadyStored();
      case 2 -> new Conflict(storedSequence);
      case 3 -> new KeyDestroyed();
      default -> throw new IllegalStateException("eventlog.append answered " + code);
    };
  }

  private static RuntimeException conflict(NewEntry first, long storedSequence) {
    String message =
        "sequence %d of an aggregate of type %s does not continue the stored %d"
            .formatted(first.sequence(), first.aggregateType(), storedSequence);
    return first.sequence() == 0
        ? new AggregateStreamCreationException(message)
        : new ConcurrencyException(message);
  }
}
