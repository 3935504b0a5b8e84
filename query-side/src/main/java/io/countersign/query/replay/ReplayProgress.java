package io.countersign.query.replay;

/** Follows a replay, and may end it. */
public interface ReplayProgress {

  /** Says nothing. */
  ReplayProgress SILENT = (_, _) -> {};

  /**
   * Something else begins.
   *
   * @param phase what, in a word or two for people
   */
  default void phase(String phase) {}

  /**
   * Called now and then.
   *
   * @param entries how many entries of the log are behind
   * @param all how many there are to come to
   * @throws ReplayStoppedException to end it
   */
  void at(long entries, long all) throws ReplayStoppedException;
}
