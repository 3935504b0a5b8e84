package io.countersign.audit.headmap;

/** What the log records as its head map and what it holds do not go together. */
public final class HeadMapDamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final long index;

  HeadMapDamagedException(long index, String why) {
    super("the head map of entry %d: %s".formatted(index, why));
    this.index = index;
  }

  /** The entry that records the map. */
  public long index() {
    return index;
  }
}
