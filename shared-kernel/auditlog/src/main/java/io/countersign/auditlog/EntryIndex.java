package io.countersign.auditlog;

/**
 * Place of an entry in the log: 0 is the first, there are no gaps. Also its leaf index in the tree.
 *
 * @param value 0 or more
 */
public record EntryIndex(long value) implements Comparable<EntryIndex> {

  /** Checks the range. */
  public EntryIndex {
    if (value < 0) {
      throw new IllegalArgumentException("an entry's index starts at 0");
    }
  }

  /** The index after this one. */
  public EntryIndex next() {
    return new EntryIndex(Math.addExact(value, 1));
  }

  /** The size of a log whose last entry this is. */
  public LogSize sizeOfLog() {
    return new LogSize(Math.addExact(value, 1));
  }

  @Override
  public int compareTo(EntryIndex other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
