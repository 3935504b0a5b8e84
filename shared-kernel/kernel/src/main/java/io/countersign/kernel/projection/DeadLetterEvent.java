package io.countersign.kernel.projection;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts about events that a projection could not take, and what was decided about them. The entry's
 * actor says who decided. None holds anything of a payload.
 */
public sealed interface DeadLetterEvent {

  /** Name of the projection, for example {@code work-items}. */
  String projection();

  /** Name of its processor, for example {@code work-items-v1}. */
  String processor();

  /** Id of the parked sequence. */
  UUID parked();

  /** Which events keep their order among themselves: an aggregate's id. */
  String sequence();

  /**
   * An event could not be taken: it waits, and so does what comes after it in its sequence.
   *
   * @param projection name of the projection
   * @param processor name of its processor
   * @param parked id of the parked sequence
   * @param sequence which sequence
   * @param entry index of the event's entry
   * @param eventName logical name of the event
   * @param error code of what is wrong with it: the class of an error, or an SQLSTATE
   */
  record SequenceParked(
      String projection,
      String processor,
      UUID parked,
      String sequence,
      long entry,
      String eventName,
      String error)
      implements DeadLetterEvent {}

  /**
   * Events that waited were tried again, in their order, up to the first that failed.
   *
   * @param projection name of the projection
   * @param processor name of its processor
   * @param parked id of the parked sequence
   * @param sequence which sequence
   * @param reason why, in the words of who asked
   * @param applied how many are in the rows now
   * @param left how many still wait; with none the sequence goes on as others do
   * @param stoppedAt index of the entry that failed; absent when none did
   * @param error code of what is wrong with it; absent when nothing is
   */
  record DeadLettersRetried(
      String projection,
      String processor,
      UUID parked,
      String sequence,
      String reason,
      int applied,
      int left,
      @Nullable Long stoppedAt,
      @Nullable String error)
      implements DeadLetterEvent {}

  /**
   * Events that waited were given up: the rows are without them, and differ from a replay.
   *
   * @param projection name of the projection
   * @param processor name of its processor
   * @param parked id of the parked sequence
   * @param sequence which sequence; what comes later in it is applied again
   * @param reason why, in the words of who decided
   * @param letters how many
   * @param firstEntry index of the first one's entry
   * @param lastEntry index of the last one's entry
   */
  record DeadLettersEvicted(
      String projection,
      String processor,
      UUID parked,
      String sequence,
      String reason,
      int letters,
      long firstEntry,
      long lastEntry)
      implements DeadLetterEvent {}
}
