package io.countersign.audit.publish;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.EntryBundle;
import io.countersign.auditlog.tile.PartialOrFull;
import io.countersign.auditlog.tile.TileFormatException;
import io.countersign.auditlog.tile.TileNodes;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.auditlog.tile.TileSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Copies a published log under one checkpoint, and checks each file as it comes: tiles from the top
 * down, each against the hash over it, and entries against their leaves. What is there already and
 * right is kept, so a copy that was broken off, or one of a smaller log, is gone on with. The
 * checkpoint is written last.
 */
public final class LogCopy {

  private final TileSource source;
  private final PublishedLog copy;
  private final long size;
  private final Checkpoint checkpoint;
  private final LongConsumer progress;
  private final Map<TilePath, byte[]> edge = new HashMap<>();
  private long files;
  private long fetched;

  private LogCopy(
      TileSource source, Checkpoint checkpoint, PublishedLog copy, LongConsumer progress) {
    this.source = new PartialOrFull(source);
    this.checkpoint = checkpoint;
    this.size = checkpoint.size();
    this.copy = copy;
    this.progress = progress;
  }

  /**
   * What a copy took.
   *
   * @param files tiles and bundles there are now
   * @param fetched those that were not there before
   */
  public record Copied(long files, long fetched) {}

  /**
   * Copies.
   *
   * @param source tiles and bundles; may grow meanwhile
   * @param note the checkpoint; its signature was verified
   * @param checkpoint what it says
   * @param older what the copy holds so far, verified likewise; size 0 when it is new
   * @param copy where to; its lock is held
   * @param progress is told of the number of files so far
   * @throws CopyRefusedException when the source is not the log under the checkpoint, or that did
   *     not grow from the older one; then the copy keeps its checkpoint
   */
  public static Copied run(
      TileSource source,
      SignedNote note,
      Checkpoint checkpoint,
      Checkpoint older,
      PublishedLog copy,
      LongConsumer progress)
      throws IOException, CopyRefusedException {
    var run = new LogCopy(source, checkpoint, copy, progress);
    run.copyTiles(older);
    run.copyBundles();
    copy.publish(note);
    return new Copied(run.files, run.fetched);
  }

  private void copyTiles(Checkpoint older) throws IOException, CopyRefusedException {
    int levels = 0;
    for (long hashes = size; hashes > 0; hashes >>>= 8, levels++) {
      int width = (int) (hashes % TilePath.FULL);
      if (width > 0) {
        var path = new TilePath(levels, hashes / TilePath.FULL, width);
        edge.put(path, hashes(path, source.read(path)));
      }
    }
    // all hashes at the right edge, and no others, make the root
    TileSource atTheEdge = path -> Objects.requireNonNull(edge.get(path));
    if (!new Tree(new TileNodes(atTheEdge, size), size).root().equals(checkpoint.root())) {
      throw new CopyRefusedException(
          "the tiles at the right edge do not lead to the signed root: %s"
              .formatted(edge.keySet().stream().map(TilePath::toString).sorted().toList()));
    }
    checkGrown(older);
    for (Map.Entry<TilePath, byte[]> tile : edge.entrySet()) {
      copy.write(tile.getKey(), tile.getValue());
      count(1);
    }
    for (int level = levels - 1; level >= 0; level--) {
      long full = (size >>> (8 * level)) / TilePath.FULL;
      for (long index = 0; index < full; index++) {
        copyFull(new TilePath(level, index, TilePath.FULL));
      }
    }
  }

  private void checkGrown(Checkpoint older) throws IOException, CopyRefusedException {
    if (older.size() > size) {
      throw new CopyRefusedException(
          "ROLLED_BACK: the copy holds %d entries, now %d are sealed"
              .formatted(older.size(), size));
    }
    if (older.size() == 0) {
      return;
    }
    try {
      new Tree(new TileNodes(source, size), size)
          .consistencyFrom(older.size())
          .verify(older.root(), checkpoint.root());
    } catch (ProofRefusedException e) {
      throw new CopyRefusedException(
          "FORKED: the log did not grow from the %d entries of the copy: %s"
              .formatted(older.size(), e.getMessage()));
    }
  }

  private void copyFull(TilePath path) throws IOException, CopyRefusedException {
    TreeHash expected = parent(path);
    if (isThere(path) && root(copy.read(path)).equals(expected)) {
      count(0);
      return;
    }
    byte[] bytes = hashes(path, source.read(path));
    if (!root(bytes).equals(expected)) {
      throw new CopyRefusedException(path + " is not the tile under the checkpoint");
    }
    copy.write(path, bytes);
    count(1);
  }

  /** The hash over a full tile: it stands in the level above, which was copied before. */
  private TreeHash parent(TilePath path) throws IOException {
    long above = path.index() / TilePath.FULL;
    int width = TilePath.widthIn(size, path.level() + 1, above);
    var tile = new TilePath(path.level() + 1, above, width);
    byte[] bytes = edge.get(tile);
    return hash(bytes == null ? copy.read(tile) : bytes, (int) (path.index() % TilePath.FULL));
  }

  private void copyBundles() throws IOException, CopyRefusedException {
    for (long index = 0; index * TilePath.FULL < size; index++) {
      int width = TilePath.widthIn(size, TilePath.ENTRIES, index);
      TilePath path = TilePath.entries(index, width);
      byte[] leaves = copy.read(new TilePath(0, index, width));
      if (isThere(path) && differing(path, copy.read(path), leaves) < 0) {
        count(0);
        continue;
      }
      byte[] bytes = source.read(path);
      int differing = differing(path, bytes, leaves);
      if (differing >= 0) {
        throw new CopyRefusedException(
            "%s: entry %d is not the one that was sealed"
                .formatted(path, index * TilePath.FULL + differing));
      }
      copy.write(path, bytes);
      count(1);
    }
  }

  /** The first entry that is not the one of its leaf; negative when all are. */
  private static int differing(TilePath path, byte[] bundle, byte[] leaves) {
    List<byte[]> entries;
    try {
      entries = EntryBundle.decode(path, bundle);
    } catch (TileFormatException _) {
      return 0;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (!TreeHash.leaf(EntryHash.of(entries.get(i))).equals(hash(leaves, i))) {
        return i;
      }
    }
    return -1;
  }

  private boolean isThere(TilePath path) {
    return copy.holds(path);
  }

  private void count(int more) {
    fetched += more;
    progress.accept(++files);
  }

  private static byte[] hashes(TilePath path, byte[] bytes) throws CopyRefusedException {
    if (bytes.length != path.width() * Sha256.LENGTH) {
      throw new CopyRefusedException(
          "%s has %d bytes, %d hashes are expected".formatted(path, bytes.length, path.width()));
    }
    return bytes;
  }

  private static TreeHash root(byte[] tile) {
    if (tile.length != TilePath.FULL * Sha256.LENGTH) {
      return TreeHash.EMPTY; // of no tile
    }
    var tree = new Frontier();
    for (int i = 0; i < TilePath.FULL; i++) {
      tree.append(hash(tile, i));
    }
    return tree.root();
  }

  private static TreeHash hash(byte[] tile, int position) {
    int at = position * Sha256.LENGTH;
    return TreeHash.fromBytes(Arrays.copyOfRange(tile, at, at + Sha256.LENGTH));
  }
}
