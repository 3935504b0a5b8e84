package io.countersign.auditlog.tile;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.HashMismatch;
import io.countersign.auditlog.Finding.Inserted;
import io.countersign.auditlog.Finding.LeafMismatch;
import io.countersign.auditlog.Finding.RootMismatch;
import io.countersign.auditlog.Finding.TileMismatch;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.verdict.Placement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a published log whole, against a checkpoint whose signature was verified before: each
 * entry, the chain and every aggregate's chain, the leaves, all tiles, and the root. Where an entry
 * and its leaf differ, the signed root decides which of the two is wrong. Every byte is read and
 * hashed once. Memory grows with the number of aggregates and of findings, not of entries.
 */
public final class PublishedLogVerifier {

  private final TileSource source;
  private final Checkpoint checkpoint;
  private final Consumer<Finding> findings;
  private final LongConsumer progress;
  private final ChainVerifier chain;
  private final Bundles bundles;
  private final Placement placement;
  private final GrowingTiles ofLeaves = new GrowingTiles();
  private final List<Difference> differences = new ArrayList<>();

  /** The tree over the entries, from the first one on that has another leaf. */
  private @Nullable Frontier ofEntries;

  private PublishedLogVerifier(
      TileSource source, Checkpoint checkpoint, Consumer<Finding> findings, LongConsumer progress) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.findings = findings;
    this.progress = progress;
    this.chain = ChainVerifier.fromTheStart(this::foundInChain);
    this.bundles = new Bundles(source, checkpoint.size(), findings);
    this.placement = new Placement(bundles.singleLeaves(), findings);
  }

  /** An entry and a leaf that do not belong together. */
  private record Difference(long index, TilePath tile) {}

  /** The same, without saying how far it is. */
  public static void verify(TileSource source, Checkpoint checkpoint, Consumer<Finding> findings) {
    verify(source, checkpoint, findings, _ -> {});
  }

  /**
   * Verifies all files up to a checkpoint.
   *
   * @param source the files; asked by several threads at once
   * @param checkpoint verified with its key
   * @param findings is told everything that is wrong: of entries in order of index, of tiles and
   *     the root at the end
   * @param progress is told now and then how many entries are done
   */
  public static void verify(
      TileSource source, Checkpoint checkpoint, Consumer<Finding> findings, LongConsumer progress) {
    new PublishedLogVerifier(source, checkpoint, findings, progress).run();
  }

  private void run() {
    try (var ahead = new LookAhead(source, checkpoint.size())) {
      for (long bundle = 0; bundle * TilePath.FULL < checkpoint.size(); bundle++) {
        verifyBundle(bundle, ahead.take());
        progress.accept(Math.min(checkpoint.size(), (bundle + 1) * TilePath.FULL));
      }
    }
    ofLeaves.partial().forEach(this::compare);
    boolean leavesRight = ofLeaves.root().equals(checkpoint.root());
    boolean entriesRight =
        ofEntries == null ? leavesRight : ofEntries.root().equals(checkpoint.root());
    for (Difference difference : differences) {
      long index = difference.index();
      findings.accept(
          entriesRight
              ? new LeafMismatch(index, difference.tile().toString())
              : placement.isElsewhere(index) ? new Inserted(index) : new HashMismatch(index));
    }
    placement.reportAbsent(checkpoint.size(), checkpoint.size(), checkpoint.size());
    if (!entriesRight && !leavesRight) {
      findings.accept(new RootMismatch(checkpoint.size() - 1));
    }
  }

  private void verifyBundle(long bundle, LookAhead.Loaded loaded) {
    long first = bundle * TilePath.FULL;
    TilePath tile = bundles.tile(bundle);
    List<byte[]> entries = loaded.entries();
    byte[] leaves = loaded.leaves();
    loaded.problems().forEach(findings);
    for (int i = 0; i < tile.width(); i++) {
      EntryHash stored = leaves == null ? null : Bundles.leaf(leaves, i);
      if (entries == null) {
        // what is not there is taken from the other side, so that one lost file is one finding
        append(stored, stored);
        continue;
      }
      byte[] entry = entries.get(i);
      EntryHash computed = loaded.hashes().get(i);
      if (stored == null || stored.equals(computed)) {
        chain.accept(first + i, entry, computed, computed);
        append(computed, computed);
      } else {
        chain.accept(first + i, entry, computed, stored);
        if (ofEntries == null) {
          ofEntries = ofLeaves.fork();
        }
        if (!placement.isDisplaced(first + i, entry, computed)) {
          differences.add(new Difference(first + i, tile));
        }
        append(computed, stored);
      }
    }
    ofLeaves.takeFull().forEach(this::compare);
  }

  private void append(@Nullable EntryHash entry, @Nullable EntryHash leaf) {
    if (entry != null && leaf != null) {
      ofLeaves.append(TreeHash.leaf(leaf));
      if (ofEntries != null) {
        ofEntries.append(TreeHash.leaf(entry));
      }
    }
  }

  /** That an entry has another hash than its leaf is judged when the root is known. */
  private void foundInChain(Finding finding) {
    if (!(finding instanceof HashMismatch)) {
      findings.accept(finding);
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
      findings.accept(Bundles.unreadable(first, path, e));
    }
  }
}
