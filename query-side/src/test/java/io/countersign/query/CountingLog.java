package io.countersign.query;

import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The part of a log reader that lags need: how long the log is, and since when. */
public final class CountingLog implements LogReader {

  /** When every event was recorded. */
  public static final Instant RECORDED = Instant.parse("2026-03-01T09:00:00Z");

  /** What the clock says. */
  public static final Instant NOW = RECORDED.plusSeconds(90);

  private volatile long events;

  /** Makes it longer; returns the last index. */
  public synchronized long grow(int by) {
    events += by;
    return events - 1;
  }

  @Override
  public Optional<LogHead> head() {
    return events == 0
        ? Optional.empty()
        : Optional.of(new LogHead(events - 1, new byte[32], RECORDED));
  }

  @Override
  public Optional<StoredEntry> entry(long index) {
    byte[] none = new byte[0];
    return Optional.of(
        new StoredEntry(
            index,
            new byte[32],
            none,
            "",
            "",
            0,
            "",
            "",
            "1",
            RECORDED,
            RECORDED,
            "",
            "",
            "",
            none,
            none));
  }

  @Override
  public List<StoredEntry> page(long from, int limit, Filter filter) {
    throw new UnsupportedOperationException("lags need no pages");
  }

  @Override
  public long scan(long from, Consumer<StoredEntry> consumer) {
    throw new UnsupportedOperationException("lags need no scans");
  }
}
