package io.countersign.eventlog.read;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the stored log as it lies on disk: nothing is deserialized, upcast or decrypted. */
public interface LogReader {

  /** The last entry, or nothing when the log is empty. */
  Optional<LogHead> head();

  /** One entry. */
  Optional<StoredEntry> entry(long index);

  /** When entries were recorded, by index; those that are not there are left out. */
  default Map<Long, Instant> recordedAt(Collection<Long> indexes) {
    Map<Long, Instant> times = new HashMap<>();
    for (long index : indexes) {
      entry(index).ifPresent(entry -> times.put(index, entry.recordedAt()));
    }
    return times;
  }

  /**
   * A page of entries in order of index.
   *
   * @param from first index, 0 or more
   * @param limit 1 to 10,000
   * @param filter which
   */
  List<StoredEntry> page(long from, int limit, Filter filter);

  /**
   * All entries from an index on, in order, at one consistent snapshot, without holding them in
   * memory.
   *
   * @return how many there were
   */
  long scan(long from, Consumer<StoredEntry> consumer);

  /**
   * A part of the log in order, at one consistent snapshot where the reader can, without holding it
   * in memory.
   *
   * @return how many entries there were
   */
  default long scan(Part part, Consumer<StoredEntry> consumer) {
    long count = 0;
    for (long from = part.from(); from < part.to(); ) {
      int limit = (int) Math.min(1_000, part.to() - from);
      List<StoredEntry> page =
          page(from, limit, Filter.ALL).stream().filter(e -> e.index() < part.to()).toList();
      page.forEach(consumer);
      count += page.size();
      if (page.size() < limit) {
        return count;
      }
      from = page.getLast().index() + 1;
    }
    return count;
  }

  /**
   * A part of the log.
   *
   * @param from first index
   * @param to index after the last
   * @param contents whether payload and metadata are wanted; without them they may come as empty
   */
  record Part(long from, long to, boolean contents) {}

  /**
   * Which entries.
   *
   * @param aggregateId only of this aggregate, when not empty
   * @param name only with this logical name, when not empty
   */
  record Filter(Optional<String> aggregateId, Optional<String> name) {

    /** All entries. */
    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());
  }
}
