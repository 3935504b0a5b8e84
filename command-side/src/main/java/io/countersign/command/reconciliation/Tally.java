package io.countersign.command.reconciliation;

/**
 * What a run found, over all its windows.
 *
 * @param revisions revisions the source listed
 * @param known how many of these the log had
 * @param missing facts the log had not
 * @param filled how many of these it has now
 */
record Tally(long revisions, long known, long missing, long filled) {

  static final Tally NOTHING = new Tally(0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        revisions + other.revisions,
        known + other.known,
        missing + other.missing,
        filled + other.filled);
  }

  /** Whether things happened in the source and no webhook told any of them. */
  boolean isSilent() {
    return revisions > 0 && known == 0;
  }
}
