package io.countersign.eventlog.read;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the stored log as it lies on disk: nothing is deserialized, upcast or decrypted. */
public interface LogReader {

  /** The last entry, or nothing when the log is empty. */
  Optional<LogHead> head();

  /** One entry. */
  Optional<StoredEntry> entry(long index);

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
