package io.countersign.benchmarks;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one writer was promised: appended to a file with one system call per acknowledged command,
 * so that it survives a SIGKILL of the writer.
 */
final class Ledger implements AutoCloseable {

  private static final long FIRST_LOOK = 1 << 16;

  private final FileOutputStream file;

  private Ledger(FileOutputStream file) {
    this.file = file;
  }

  /** Opens at the end. */
  static Ledger append(Path path) throws IOException {
    var file = new FileOutputStream(path.toFile(), true);
    file.write('\n'); // ends a line that was cut off
    return new Ledger(file);
  }

  /** A command was answered with success. */
  synchronized void acknowledged(Turn turn, long firstSequence, long tookMicros) {
    long at = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    var lines = new StringBuilder();
    for (int i = 0; i < turn.events(); i++) {
      long sequence = firstSequence == Counter.Receipt.UNKNOWN ? firstSequence : firstSequence + i;
      lines
          .append(new Acknowledged(turn.eventId(i), sequence, turn, i, at, tookMicros).line())
          .append('\n');
    }
    try {
      file.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all of a ledger. */
  static void read(Path path, Consumer<Acknowledged> consumer) throws IOException {
    if (Files.exists(path)) {
      try (var lines = Files.lines(path, StandardCharsets.US_ASCII)) {
        lines.forEach(line -> Acknowledged.parse(line).ifPresent(consumer));
      }
    }
  }

  /**
   * The first command of each thread that the ledger does not have. Looks at the end of the file
   * first: a writer that is started again after a million events must not read all of them.
   */
  static Turn[] next(Path path, int writer, int threads) throws IOException {
    if (Files.exists(path)) {
      long size = Files.size(path);
      for (long part = FIRST_LOOK; part < size; part *= 8) {
        @Nullable Turn[] found = last(path, size - part, threads);
        if (Arrays.stream(found).allMatch(Objects::nonNull)) {
          return filled(found, writer);
        }
      }
    }
    return filled(last(path, 0, threads), writer);
  }

  private static Turn[] filled(@Nullable Turn[] next, int writer) {
    var whole = new Turn[next.length];
    for (int thread = 0; thread < next.length; thread++) {
      Turn turn = next[thread];
      whole[thread] = turn == null ? new Turn(writer, thread, 0) : turn;
    }
    return whole;
  }

  /** What follows the last whole command of each thread after a place in the file. */
  private static @Nullable Turn[] last(Path path, long from, int threads) throws IOException {
    var next = new @Nullable Turn[threads];
    if (Files.exists(path)) {
      try (var file = new FileInputStream(path.toFile())) {
        file.skipNBytes(from);
        try (var lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
          if (from > 0) {
            lines.readLine(); // most likely cut in two
          }
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Acknowledged.parse(line)
                .filter(Acknowledged::completes)
                .ifPresent(one -> next[one.turn().thread()] = one.turn().next());
          }
        }
      }
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
