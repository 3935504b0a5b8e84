package io.countersign.benchmarks;

import java.util.Optional;
import java.util.UUID;

/**
 * A line of a ledger: one event of a command that was answered with success.
 *
 * @param eventId the event
 * @param sequence in its aggregate; {@link Counter.Receipt#UNKNOWN} when an earlier try stored it
 * @param turn the command
 * @param ordinal of the event in its command
 * @param atMicros when the answer came, microseconds since 1970
 * @param tookMicros from the first try to the answer
 */
record Acknowledged(
    UUID eventId, long sequence, Turn turn, int ordinal, long atMicros, long tookMicros) {

  /** The last word of a whole line: one that was cut off does not have it. */
  private static final String WHOLE = "ok";

  String line() {
    return "%s %d %d %d %d %d %d %d %s"
        .formatted(
            eventId,
            sequence,
            turn.writer(),
            turn.thread(),
            turn.number(),
            ordinal,
            atMicros,
            tookMicros,
            WHOLE);
  }

  /** Whether all events of its command are in the ledger when this one is. */
  boolean completes() {
    return ordinal == turn.events() - 1;
  }

  /** Nothing for a line that was cut off. */
  static Optional<Acknowledged> parse(String line) {
    String[] words = line.split(" ");
    if (words.length != 9 || !words[8].equals(WHOLE)) {
      return Optional.empty();
    }
    return Optional.of(
        new Acknowledged(
            UUID.fromString(words[0]),
            Long.parseLong(words[1]),
            new Turn(
                Integer.parseInt(words[2]), Integer.parseInt(words[3]), Long.parseLong(words[4])),
            Integer.parseInt(words[5]),
            Long.parseLong(words[6]),
            Long.parseLong(words[7])));
  }
}
