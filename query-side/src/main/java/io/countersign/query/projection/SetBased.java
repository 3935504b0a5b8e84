package io.countersign.query.projection;

/**
 * A projection whose rows the database can make by itself, from what entries are and not from what
 * they say. Used by the load of a rebuild only; live, catching up and verifying fold in Java, and
 * the verification at the end of every rebuild proves that both make the same rows.
 */
public interface SetBased {

  /**
   * A statement that does what folding some consecutive entries does, on top of the rows of all
   * entries before them. It reads them as {@code entries}: see {@link
   * io.countersign.eventlog.stream.EntryRelation}. Every entry of the relation concerns the
   * projection.
   *
   * @param schema where the tables lie
   */
  String loading(String schema);
}
