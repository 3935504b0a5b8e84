package io.countersign.auditlog.tile;

import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.Nodes;
import io.countersign.auditlog.merkle.TreeHash;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The nodes of a tree out of its tiles. What tiles say is not checked here: a proof made from them
 * is verified like any other. Keeps the tiles it read last. Not safe for several threads.
 */
public final class TileNodes implements Nodes {

  private static final int KEPT = 64;

  private final TileSource source;
  private final long size;
  private final Map<TilePath, byte[]> tiles =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * On the tiles of a tree.
   *
   * @param size of the tree, in leaves: it decides which partial tiles there are
   */
  public TileNodes(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  @Override
  public TreeHash node(int level, long index) throws IOException {
    int inTile = level % TilePath.HEIGHT;
    int tileLevel = level / TilePath.HEIGHT;
    long first = index << inTile;
    int count = 1 << inTile;
    long tileIndex = first / TilePath.FULL;
    int offset = (int) (first % TilePath.FULL);
    int width = TilePath.widthIn(size, tileLevel, tileIndex);
    if (offset + count > width) {
      throw new IllegalArgumentException(
          "a tree of %d leaves has no full node %d at level %d".formatted(size, index, level));
    }
    return root(tile(new TilePath(tileLevel, tileIndex, width)), offset, count);
  }

  private byte[] tile(TilePath path) throws IOException {
    byte[] kept = tiles.get(path);
    if (kept != null) {
      return kept;
    }
    byte[] bytes = source.read(path);
    int expected = path.width() * Sha256.LENGTH;
    if (bytes.length != expected) {
      throw new TileFormatException(
          path, Math.min(bytes.length, expected), expected + " bytes expected");
    }
    tiles.put(path, bytes);
    return bytes;
  }

  private static TreeHash root(byte[] tile, int offset, int count) {
    if (count == 1) {
      int at = offset * Sha256.LENGTH;
      return TreeHash.fromBytes(Arrays.copyOfRange(tile, at, at + Sha256.LENGTH));
    }
    int half = count / 2;
    return TreeHash.node(root(tile, offset, half), root(tile, offset + half, half));
  }
}
