package io.countersign.auditlog.tile;

import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tiles of a tree that grows: keeps the right edge, gives away each tile when it is full, and
 * what is there of the others on demand. Not safe for several threads.
 */
public final class GrowingTiles {

  private final List<Row> rows = new ArrayList<>();
  private final List<Tile> full = new ArrayList<>();
  private Frontier frontier = new Frontier(this::completed);

  /** An empty tree. */
  public GrowingTiles() {}

  /**
   * A tile and its bytes.
   *
   * @param path its name
   * @param bytes 32 for each hash
   */
  public record Tile(TilePath path, byte[] bytes) {}

  /**
   * Goes on with a tree that was published.
   *
   * @param size of it, in leaves
   * @param source its tiles; the caller compares the root with one that was signed
   */
  public static GrowingTiles resume(long size, TileSource source) throws IOException {
    var tiles = new GrowingTiles();
    tiles.frontier =
        Frontier.of(size, new Tree(new TileNodes(source, size), size).peaks(), tiles::completed);
    int shift = 0;
    for (int level = 0; shift < Long.SIZE && size >>> shift > 0; level++) {
      long hashes = size >>> shift;
      var row = new Row(hashes / TilePath.FULL);
      int width = (int) (hashes % TilePath.FULL);
      if (width > 0) {
        var path = new TilePath(level, row.index, width);
        byte[] bytes = source.read(path);
        if (bytes.length != width * Sha256.LENGTH) {
          throw new TileFormatException(path, bytes.length, width + " hashes expected");
        }
        System.arraycopy(bytes, 0, row.bytes, 0, bytes.length);
        row.width = width;
      }
      tiles.rows.add(row);
      shift += TilePath.HEIGHT;
    }
    return tiles;
  }

  /** Adds a leaf. */
  public void append(TreeHash leaf) {
    frontier.append(leaf);
  }

  /** In leaves. */
  public long size() {
    return frontier.size();
  }

  /** The same tree, to grow on its own; it tells nobody of its nodes. */
  Frontier fork() {
    return Frontier.of(frontier.size(), frontier.peaks(), (_, _, _) -> {});
  }

  /** The root of the tree as it is now. */
  public TreeHash root() {
    return frontier.root();
  }

  /** Tiles that became full since this was asked last, lower levels first within a leaf. */
  public List<Tile> takeFull() {
    List<Tile> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  /** The tiles that are not full, one a level at most; never an empty one. */
  public List<Tile> partial() {
    var partial = new ArrayList<Tile>();
    for (int level = 0; level < rows.size(); level++) {
      Row row = rows.get(level);
      if (row.width > 0) {
        partial.add(row.tile(level));
      }
    }
    return partial;
  }

  private void completed(int level, long index, TreeHash hash) {
    if (level % TilePath.HEIGHT != 0) {
      return;
    }
    int tileLevel = level / TilePath.HEIGHT;
    if (tileLevel == rows.size()) {
      rows.add(new Row(0));
    }
    Row row = rows.get(tileLevel);
    hash.copyTo(row.bytes, row.width * Sha256.LENGTH);
    row.width++;
    if (row.width == TilePath.FULL) {
      full.add(row.tile(tileLevel));
      row.width = 0;
      row.index++;
    }
  }

  /** One level. */
  private static final class Row {

    private final byte[] bytes = new byte[TilePath.FULL * Sha256.LENGTH];
    private long index;
    private int width;

    Row(long index) {
      this.index = index;
    }

    Tile tile(int level) {
      return new Tile(
          new TilePath(level, index, width), Arrays.copyOf(bytes, width * Sha256.LENGTH));
    }
  }
}
