package io.countersign.command.privacy;

import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.util.List;
import java.util.function.Consumer;

/** Reads the log in pages, each on a connection of its own: a search of all of it blocks nobody. */
final class LogPages {

  private static final int PAGE = 500;

  private final LogReader log;

  LogPages(LogReader log) {
    this.log = log;
  }

  /** How many entries there are. */
  long size() {
    return log.head().map(LogHead::lastIndex).orElse(-1L) + 1;
  }

  /** Entries from the first index to before the second. */
  void read(long from, long to, Consumer<StoredEntry> consumer) {
    long next = from;
    while (next < to) {
      List<StoredEntry> page =
          log.page(next, (int) Math.min(PAGE, to - next), LogReader.Filter.ALL);
      if (page.isEmpty()) {
        return;
      }
      page.forEach(consumer);
      next = page.getLast().index() + 1;
    }
  }
}
