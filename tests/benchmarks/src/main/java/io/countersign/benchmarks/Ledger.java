package io.countersign.benchmarks;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * What one writer was promised: appended to a file with one system call per acknowledged command,
 * so that it survives a SIGKILL of the writer.
 */
final class Ledger implements AutoCloseable {

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

  /** The first command of each thread that the ledger does not have. */
  static Turn[] next(Path path, int writer, int threads) throws IOException {
    var next = new Turn[threads];
    for (int thread = 0; thread < threads; thread++) {
      next[thread] = new Turn(writer, thread, 0);
    }
    read(
        path,
        line -> {
          if (line.completes()) {
            next[line.turn().thread()] = line.turn().next();
          }
        });
    return next;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
