package io.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What ledgers promise, and what of it was found: ten bytes a command, so that a check of many
 * millions needs no more memory than one of thousands. Commands of a thread are numbered without
 * holes and cause three events at most.
 */
final class Promises {

  private static final long NONE = Long.MIN_VALUE;

  private final Map<Integer, OfThread> threads = new TreeMap<>();

  /** One thread of one writer; the place in an array is the number of the command. */
  private static final class OfThread {

    private final int writer;
    private final int thread;
    private long[] first = new long[0];
    private byte[] promised = new byte[0];
    private byte[] found = new byte[0];

    OfThread(int writer, int thread) {
      this.writer = writer;
      this.thread = thread;
    }

    void reach(int number) {
      if (number >= first.length) {
        int before = first.length;
        int size = Math.max(number + 1, before + before / 2 + 256);
        first = Arrays.copyOf(first, size);
        Arrays.fill(first, before, size, NONE);
        promised = Arrays.copyOf(promised, size);
        found = Arrays.copyOf(found, size);
      }
    }
  }

  private Promises() {}

  /** Reads ledgers line by line. */
  static Promises of(List<Path> ledgers) throws IOException {
    var promises = new Promises();
    for (Path ledger : ledgers) {
      Ledger.read(ledger, promises::add);
    }
    return promises;
  }

  private void add(Acknowledged line) {
    Turn turn = line.turn();
    OfThread thread =
        threads.computeIfAbsent(key(turn), _ -> new OfThread(turn.writer(), turn.thread()));
    int number = Math.toIntExact(turn.number());
    thread.reach(number);
    thread.promised[number] |= bit(line.ordinal());
    long first =
        line.sequence() == Counter.Receipt.UNKNOWN
            ? Counter.Receipt.UNKNOWN
            : line.sequence() - line.ordinal();
    thread.first[number] = Math.max(thread.first[number], first);
  }

  /** What was said of an event; null when nothing was. */
  enum Said {
    /** It is stored, with the sequence it has. */
    RIGHT,
    /** It is stored, with another sequence. */
    ANOTHER_SEQUENCE
  }

  /** An event is in the log. */
  @Nullable Said found(Turn turn, int ordinal, long sequence) {
    OfThread thread = threads.get(key(turn));
    if (thread == null
        || turn.number() >= thread.first.length
        || (thread.promised[(int) turn.number()] & bit(ordinal)) == 0) {
      return null;
    }
    int number = (int) turn.number();
    thread.found[number] |= bit(ordinal);
    long first = thread.first[number];
    return first == Counter.Receipt.UNKNOWN || first + ordinal == sequence
        ? Said.RIGHT
        : Said.ANOTHER_SEQUENCE;
  }

  /** Promised events. */
  long acknowledged() {
    return count(thread -> thread.promised);
  }

  /** Promised events that were found. */
  long found() {
    return count(thread -> thread.found);
  }

  /** Promised events whose answer came from a second try. */
  long recognized() {
    long sum = 0;
    for (OfThread thread : threads.values()) {
      for (int number = 0; number < thread.first.length; number++) {
        if (thread.first[number] == Counter.Receipt.UNKNOWN) {
          sum += Integer.bitCount(thread.promised[number]);
        }
      }
    }
    return sum;
  }

  /** Shows promised events that were not found. */
  void missing(Consumer<UUID> consumer) {
    for (OfThread thread : threads.values()) {
      for (int number = 0; number < thread.first.length; number++) {
        int missing = thread.promised[number] & ~thread.found[number];
        for (int ordinal = 0; missing != 0; ordinal++, missing >>>= 1) {
          if ((missing & 1) != 0) {
            consumer.accept(new Turn(thread.writer, thread.thread, number).eventId(ordinal));
          }
        }
      }
    }
  }

  private interface Masks {
    byte[] of(OfThread thread);
  }

  private long count(Masks masks) {
    long sum = 0;
    for (OfThread thread : threads.values()) {
      for (byte mask : masks.of(thread)) {
        sum += Integer.bitCount(mask);
      }
    }
    return sum;
  }

  private static int key(Turn turn) {
    return turn.writer() << 16 | turn.thread();
  }

  private static byte bit(int ordinal) {
    if (ordinal < 0 || ordinal > 6) {
      throw new IllegalArgumentException("a command has seven events at most, not " + ordinal);
    }
    return (byte) (1 << ordinal);
  }
}
