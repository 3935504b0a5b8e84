package io.countersign.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Follows a ledger that is being written. */
final class LedgerTail {

  private static final int MOST = 1 << 22;

  private final Path path;
  private long position;
  private long events;

  LedgerTail(Path path) {
    this.path = path;
  }

  /** Lines that came since the last call. */
  List<Acknowledged> more() throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    byte[] bytes;
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      bytes = new byte[(int) Math.min(MOST, file.length() - position)];
      file.seek(position);
      file.readFully(bytes);
    }
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    position += whole;
    var lines = new ArrayList<Acknowledged>();
    new String(bytes, 0, whole, StandardCharsets.US_ASCII)
        .lines()
        .forEach(line -> Acknowledged.parse(line).ifPresent(lines::add));
    events += lines.size();
    return lines;
  }

  /** Events read so far. */
  long events() {
    return events;
  }
}
