package io.countersign.auditlog.tile;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.FileUnreadable;
import io.countersign.auditlog.Finding.HashMismatch;
import io.countersign.auditlog.Finding.LeafMismatch;
import io.countersign.auditlog.Finding.RootMismatch;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a part of a published log: whole bundles of 256 entries, each of them, how they follow
 * each other, and that each bundle's leaves stand in the tree whose root was signed. Entries before
 * the part are taken as they are cited. Costs as much as the part is long.
 */
public final class PublishedPartVerifier {

  private final TileSource source;
  private final Checkpoint checkpoint;
  private final Consumer<Finding> findings;
  private final Bundles bundles;

  private PublishedPartVerifier(
      TileSource source, Checkpoint checkpoint, Consumer<Finding> findings) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.findings = findings;
    this.bundles = new Bundles(source, checkpoint.size(), findings);
  }

  /**
   * Verifies the bundles that hold the entries from one index to another.
   *
   * @param checkpoint verified with its key
   * @param to index after the last; at most the checkpoint's size
   * @param findings is told everything that is wrong
   * @param progress is told now and then how many entries of the part are done
   */
  public static void verify(
      TileSource source,
      Checkpoint checkpoint,
      long from,
      long to,
      Consumer<Finding> findings,
      LongConsumer progress) {
    new PublishedPartVerifier(source, checkpoint, findings).run(from, to, progress);
  }

  private void run(long from, long to, LongConsumer progress) {
    long start = from / TilePath.FULL;
    ChainVerifier chain = chain(start);
    for (long bundle = start; bundle * TilePath.FULL < to; bundle++) {
      verifyBundle(bundle, chain);
      progress.accept(Math.min(to, (bundle + 1) * TilePath.FULL) - from);
    }
  }

  private ChainVerifier chain(long start) {
    List<byte[]> before = start == 0 ? null : bundles.entries(start - 1);
    long first = start * TilePath.FULL;
    if (start == 0) {
      return ChainVerifier.fromTheStart(this::foundInChain);
    }
    return before == null
        ? ChainVerifier.withoutThoseBefore(first, this::foundInChain)
        : ChainVerifier.after(first - 1, before.getLast(), this::foundInChain);
  }

  private void foundInChain(Finding finding) {
    if (!(finding instanceof HashMismatch)) {
      findings.accept(finding);
    }
  }

  private void verifyBundle(long bundle, ChainVerifier chain) {
    long first = bundle * TilePath.FULL;
    TilePath tile = bundles.tile(bundle);
    List<byte[]> entries = bundles.entries(bundle);
    byte[] leaves = bundles.leaves(bundle);
    var different = new ArrayList<Long>();
    byte[] computedLeaves = new byte[tile.width() * Sha256.LENGTH];
    for (int i = 0; entries != null && i < tile.width(); i++) {
      EntryHash computed = EntryHash.of(entries.get(i));
      TreeHash.leaf(computed).copyTo(computedLeaves, i * Sha256.LENGTH);
      EntryHash leaf = leaves == null ? computed : Bundles.leaf(leaves, i);
      chain.accept(first + i, entries.get(i), computed, leaf);
      if (!leaf.equals(computed)) {
        different.add(first + i);
      }
    }
    boolean leavesRight = leaves != null && standsInTree(first, tile, leaves);
    boolean entriesRight =
        different.isEmpty() && leaves != null
            ? leavesRight
            : entries != null && standsInTree(first, tile, computedLeaves);
    for (long index : different) {
      findings.accept(
          entriesRight ? new LeafMismatch(index, tile.toString()) : new HashMismatch(index));
    }
    if (!leavesRight && !entriesRight && (leaves != null || entries != null)) {
      findings.accept(new RootMismatch(first + tile.width() - 1));
    }
  }

  /** The path of one leaf is made from all the others of its tile, and so vouches for them too. */
  private boolean standsInTree(long first, TilePath tile, byte[] leaves) {
    try {
      var nodes =
          new TileNodes(path -> path.equals(tile) ? leaves : source.read(path), checkpoint.size());
      new Tree(nodes, checkpoint.size())
          .inclusion(first)
          .verify(TreeHash.leaf(Bundles.leaf(leaves, 0)), checkpoint.root());
      return true;
    } catch (ProofRefusedException _) {
      return false;
    } catch (IOException e) {
      findings.accept(new FileUnreadable(first, "a tile over " + tile, reason(e), 0));
      return false;
    }
  }

  private static String reason(IOException e) {
    @Nullable String message = e.getMessage();
    return e instanceof TileFormatException && message != null
        ? message
        : e.getClass().getSimpleName();
  }
}
