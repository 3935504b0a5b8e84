package io.countersign.command.workitem;

import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An empty log, where nobody looks at it. */
final class NoLog implements LogReader {

  @Override
  public Optional<LogHead> head() {
    return Optional.empty();
  }

  @Override
  public Optional<StoredEntry> entry(long index) {
    return Optional.empty();
  }

  @Override
  public List<StoredEntry> page(long from, int limit, Filter filter) {
    return List.of();
  }

  @Override
  public long scan(long from, Consumer<StoredEntry> consumer) {
    return from;
  }
}
