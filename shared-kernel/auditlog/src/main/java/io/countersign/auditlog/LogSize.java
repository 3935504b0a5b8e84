package io.countersign.auditlog;

import java.util.Optional;

/**
 * How many entries a log has: index of the last one plus 1.
 *
 * @param value 0 or more
 */
public record LogSize(long value) {

  /** A log without entries. */
  public static final LogSize EMPTY = new LogSize(0);

  /** Checks the range. */
  public LogSize {
    if (value < 0) {
      throw new IllegalArgumentException("a log has 0 or more entries");
    }
  }

  /** Index of the last entry, when there is one. */
  public Optional<EntryIndex> lastIndex() {
    return value == 0 ? Optional.empty() : Optional.of(new EntryIndex(value - 1));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
