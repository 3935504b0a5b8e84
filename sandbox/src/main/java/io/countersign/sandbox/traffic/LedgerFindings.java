package io.countersign.sandbox.traffic;

import java.util.List;

/**
 * What the check of a ledger found.
 *
 * @param findings the first thousand; empty: clean
 * @param findingCount all of them
 * @param notifications in the ledger
 * @param acknowledged of them
 * @param givenUp of them, those whose every retry failed
 * @param deliveries known to the server, of those
 * @param entries of the log that were read
 * @param workItems whose last state was compared
 * @param behindSource work items that do not hold what the source holds now, because an update was
 *     told late: fitting what was told, hence no finding
 */
public record LedgerFindings(
    List<Finding> findings,
    long findingCount,
    long notifications,
    long acknowledged,
    long givenUp,
    long deliveries,
    long entries,
    long workItems,
    long behindSource) {

  /** Whether nothing was found. */
  public boolean isClean() {
    return findingCount == 0;
  }
}
