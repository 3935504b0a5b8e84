package io.countersign.eventlog.append;

/** How an append ended well. */
public sealed interface AppendResult {

  /**
   * The events are stored.
   *
   * @param firstIndex index of the first of them
   */
  record Appended(long firstIndex) implements AppendResult {}

  /**
   * Events with these ids were stored before: by an earlier try of the same command, or by a try
   * whose answer was lost. What is in memory of their aggregates may differ from what is stored.
   */
  record AlreadyStored() implements AppendResult {}
}
