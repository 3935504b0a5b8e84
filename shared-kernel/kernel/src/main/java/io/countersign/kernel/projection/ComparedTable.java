package io.countersign.kernel.projection;

import java.util.List;

/**
 * One table of a projection beside the same table made by a replay. Digests are SHA-256, in lower
 * case hexadecimal digits, over the rows in order of their keys (each key column as text, by its
 * bytes), each row as PostgreSQL writes it as text in UTC, followed by a line feed.
 *
 * @param table name without schema
 * @param rows how many rows the projection has
 * @param digest of them
 * @param replayedRows how many rows the replay made
 * @param replayedDigest of them
 * @param differing how many rows are not the same on both sides, or on one side only
 * @param differences the first of them, in order of their keys
 */
public record ComparedTable(
    String table,
    long rows,
    String digest,
    long replayedRows,
    String replayedDigest,
    long differing,
    List<RowDifference> differences) {

  /** How many differences are listed at most. */
  public static final int LONGEST_LIST = 10;

  /** Copies and bounds the list. */
  public ComparedTable {
    differences =
        List.copyOf(
            differences.size() > LONGEST_LIST ? differences.subList(0, LONGEST_LIST) : differences);
  }
}
