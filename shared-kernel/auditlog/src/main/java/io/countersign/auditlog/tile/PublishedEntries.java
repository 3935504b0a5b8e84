package io.countersign.auditlog.tile;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.verdict.Placement;
import java.io.IOException;
import java.util.Arrays;
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

  /**
   * The same files while the log grows: a tile or bundle that was partial when the checkpoint was
   * read may be gone, because the full one is there, which begins with it.
   */
  public static TileSource whileItGrows(TileSource source) {
    return path -> {
      try {
        return source.read(path);
      } catch (IOException gone) {
        if (path.isFull()) {
          throw gone;
        }
        return beginning(source, path, gone);
      }
    };
  }

  private static byte[] beginning(TileSource source, TilePath path, IOException gone)
      throws IOException {
    var full = new TilePath(path.level(), path.index(), TilePath.FULL);
    byte[] bytes;
    try {
      bytes = source.read(full);
    } catch (IOException _) {
      throw gone;
    }
    if (path.isEntries()) {
      return EntryBundle.encode(EntryBundle.decode(full, bytes).subList(0, path.width()));
    }
    return Arrays.copyOf(bytes, Math.min(bytes.length, path.width() * Sha256.LENGTH));
  }
}
