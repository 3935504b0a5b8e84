package io.countersign.auditlog.tile;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.FileUnreadable;
import io.countersign.auditlog.Finding.HashMismatch;
import io.countersign.auditlog.Finding.LeafMismatch;
import io.countersign.auditlog.Finding.RootMismatch;
import io.countersign.auditlog.Finding.TileMismatch;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a published log whole, against a checkpoint whose signature was verified before: each
 * entry, the chain and every aggregate's chain, the leaves, all tiles, and the root. Where an entry
 * and its leaf differ, the signed root decides which of the two is wrong. Memory grows with the
 * number of aggregates and of findings, not of entries.
 */
public final class PublishedLogVerifier {

  private final TileSource source;
  private final Checkpoint checkpoint;
  private final Consumer<Finding> findings;
  private final ChainVerifier chain;
  private final Frontier ofEntries = new Frontier();
  private final GrowingTiles ofLeaves = new GrowingTiles();
  private final List<Difference> differences = new ArrayList<>();

  private PublishedLogVerifier(
      TileSource source, Checkpoint checkpoint, Consumer<Finding> findings) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.findings = findings;
    this.chain = ChainVerifier.fromTheStart(findings);
  }

  /** An entry and a leaf that do not belong together. */
  private record Difference(long index, TilePath tile) {}

  /**
   * Verifies all files up to a checkpoint.
   *
   * @param source the files
   * @param checkpoint verified with its key
   * @param findings is told everything that is wrong: of entries in order of index, of tiles and
   *     the root at the end
   */
  public static void verify(TileSource source, Checkpoint checkpoint, Consumer<Finding> findings) {
    new PublishedLogVerifier(source, checkpoint, findings).run();
  }

  private void run() {
    for (long bundle = 0; bundle * TilePath.FULL < checkpoint.size(); bundle++) {
      verifyBundle(bundle);
    }
    ofLeaves.partial().forEach(this::compare);
    boolean entriesRight = ofEntries.root().equals(checkpoint.root());
    boolean leavesRight = ofLeaves.root().equals(checkpoint.root());
    for (Difference difference : differences) {
      findings.accept(
          entriesRight
              ? new LeafMismatch(difference.index(), difference.tile().toString())
              : new HashMismatch(difference.index()));
    }
    if (!entriesRight && !leavesRight) {
      findings.accept(new RootMismatch(checkpoint.size() - 1));
    }
  }

  private void verifyBundle(long bundle) {
    long first = bundle * TilePath.FULL;
    int width = TilePath.widthIn(checkpoint.size(), TilePath.ENTRIES, bundle);
    var tile = new TilePath(0, bundle, width);
    List<byte[]> entries = entries(TilePath.entries(bundle, width), first);
    byte[] leaves = leaves(tile, first);
    for (int i = 0; i < width; i++) {
      TreeHash stored = leaves == null ? null : hash(leaves, i);
      TreeHash computed = null;
      if (entries != null) {
        chain.accept(first + i, entries.get(i));
        computed = TreeHash.leaf(EntryHash.of(entries.get(i)));
      }
      if (computed != null && stored != null && !computed.equals(stored)) {
        differences.add(new Difference(first + i, tile));
      }
      // what is not there is taken from the other side, so that one lost file is one finding
      TreeHash either = computed != null ? computed : stored;
      if (either != null) {
        ofEntries.append(either);
        ofLeaves.append(stored != null ? stored : either);
      }
    }
    ofLeaves.takeFull().forEach(this::compare);
  }

  private @Nullable List<byte[]> entries(TilePath path, long first) {
    try {
      return EntryBundle.decode(path, source.read(path));
    } catch (IOException e) {
      findings.accept(unreadable(first, path, e));
      return null;
    }
  }

  private byte @Nullable [] leaves(TilePath path, long first) {
    try {
      byte[] bytes = source.read(path);
      if (bytes.length == path.width() * Sha256.LENGTH) {
        return bytes;
      }
      throw new TileFormatException(path, bytes.length, path.width() + " hashes expected");
    } catch (IOException e) {
      findings.accept(unreadable(first, path, e));
      return null;
    }
  }

  /** Tiles over the leaves; those of the leaves themselves are compared with the entries. */
  private void compare(GrowingTiles.Tile expected) {
    TilePath path = expected.path();
    if (path.level() == 0) {
      return;
    }
    long under = 1L << (TilePath.HEIGHT * path.level());
    long first = path.index() * TilePath.FULL * under;
    try {
      byte[] found = source.read(path);
      int at = Arrays.mismatch(expected.bytes(), found);
      if (at >= 0) {
        int position = Math.min(at / Sha256.LENGTH, path.width() - 1);
        findings.accept(new TileMismatch(first + position * under, path.toString(), position));
      }
    } catch (IOException e) {
      findings.accept(unreadable(first, path, e));
    }
  }

  private static FileUnreadable unreadable(long first, TilePath path, IOException e) {
    String problem =
        e instanceof TileFormatException format
            ? String.valueOf(format.getMessage())
            : e.getClass().getSimpleName();
    return new FileUnreadable(first, path.toString(), problem);
  }

  private static TreeHash hash(byte[] tile, int position) {
    int at = position * Sha256.LENGTH;
    return TreeHash.fromBytes(Arrays.copyOfRange(tile, at, at + Sha256.LENGTH));
  }
}
