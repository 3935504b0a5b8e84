package io.countersign.command.reconciliation;

import io.countersign.command.reconciliation.Window.Seen;
import io.countersign.kernel.reconciliation.Count;
import org.jspecify.annotations.Nullable;

/** Counts of one window. */
final class Counts {

  private int items;
  private int registered;
  private int revisions;
  private int known;

  void count(@Nullable Seen seen, Known log) {
    items++;
    registered += log.isRegistered() ? 1 : 0;
    if (seen != null) {
      revisions += seen.revisions().size();
      known += (int) seen.revisions().stream().filter(log::knowsRevision).count();
    }
  }

  /** Work items; ours are those the log has at all. */
  Count items() {
    return new Count(items, registered);
  }

  /** Revisions the source lists; ours are those the log knows. */
  Count revisions() {
    return new Count(revisions, known);
  }
}
