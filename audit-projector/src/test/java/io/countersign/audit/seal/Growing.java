package io.countersign.audit.seal;

import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A log of which only so many entries are there yet. */
public final class Growing implements LogReader {

  private final LogReader whole;
  public long size;

  public Growing(LogReader whole) {
    this.whole = whole;
  }

  @Override
  public Optional<LogHead> head() {
    return entry(size - 1)
        .map(last -> new LogHead(last.index(), last.entryHash(), last.recordedAt()));
  }

  @Override
  public Optional<StoredEntry> entry(long index) {
    return index < size ? whole.entry(index) : Optional.empty();
  }

  @Override
  public List<StoredEntry> page(long from, int limit, Filter filter) {
    return whole.page(from, limit, filter).stream().filter(e -> e.index() < size).toList();
  }

  @Override
  public long scan(long from, Consumer<StoredEntry> consumer) {
    throw new UnsupportedOperationException();
  }
}
