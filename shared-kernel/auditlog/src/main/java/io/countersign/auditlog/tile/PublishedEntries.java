package io.countersign.auditlog.tile;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.verdict.Placement;
import java.util.Optional;

/**
 * Single entries and leaves of a published log, as published: what they lead to is verified
 * elsewhere. Not safe for several threads.
 */
public final class PublishedEntries implements Placement.Leaves {

  private final Bundles bundles;
  private final Placement.Leaves leaves;
  private final long size;

  /**
   * Of a log.
   *
   * @param size under its checkpoint
   */
  public PublishedEntries(TileSource source, long size) {
    this.size = size;
    this.bundles = new Bundles(source, size, _ -> {});
    this.leaves = bundles.singleLeaves();
  }

  @Override
  public Optional<EntryHash> leaf(long index) {
    return leaves.leaf(index);
  }

  /** The bytes of an entry; empty where they cannot be read. */
  public Optional<byte[]> entry(long index) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    return Optional.ofNullable(bundles.entries(index / TilePath.FULL))
        .map(entries -> entries.get((int) (index % TilePath.FULL)));
  }
}
