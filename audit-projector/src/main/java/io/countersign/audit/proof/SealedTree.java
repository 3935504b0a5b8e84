package io.countersign.audit.proof;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.InclusionProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.EntryBundle;
import io.countersign.auditlog.tile.PartialOrFull;
import io.countersign.auditlog.tile.ProofFile;
import io.countersign.auditlog.tile.TileNodes;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.auditlog.tile.TileSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The log under one checkpoint, out of its published files. What it gives is checked against the
 * root of the checkpoint, so damaged files give no proof instead of a wrong one; that the
 * checkpoint is signed is for the reader to check. Not safe for several threads.
 */
public final class SealedTree {

  private final SignedNote note;
  private final Checkpoint checkpoint;
  private final TileSource tiles;
  private final TileNodes nodes;

  private SealedTree(SignedNote note, Checkpoint checkpoint, TileSource source) {
    this.note = note;
    this.checkpoint = checkpoint;
    this.tiles = new PartialOrFull(source);
    this.nodes = new TileNodes(tiles, checkpoint.size());
  }

  /**
   * Under the newest checkpoint; nothing before the first.
   *
   * @throws PublishedDamagedException when the checkpoint is none
   */
  public static Optional<SealedTree> newest(PublishedLog published) throws IOException {
    try {
      Optional<SignedNote> note = published.checkpoint();
      return note.isEmpty()
          ? Optional.empty()
          : Optional.of(new SealedTree(note.get(), Checkpoint.parse(note.get().text()), published));
    } catch (NoteFormatException e) {
      throw new PublishedDamagedException("the published checkpoint is none: " + e.getMessage());
    }
  }

  /** What the checkpoint says. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The checkpoint as it was published. */
  public SignedNote note() {
    return note;
  }

  /** Entries under the checkpoint. */
  public long size() {
    return checkpoint.size();
  }

  /**
   * The root that the log had at a size.
   *
   * @param size 1 to {@link #size}
   */
  public TreeHash root(long size) throws IOException {
    if (size == size()) {
      return checkpoint.root();
    }
    TreeHash root = new Tree(nodes, size).root();
    try {
      consistency(size, size()).verify(root, checkpoint.root());
      return root;
    } catch (ProofRefusedException e) {
      throw damaged("of the first %d entries".formatted(size), e);
    }
  }

  /** The leaf of an entry, as the tiles hold it. */
  public TreeHash leaf(long index) throws IOException {
    return nodes.node(0, index);
  }

  /**
   * That an entry is in the log.
   *
   * @param index below the size
   * @param size of the log to prove it in: 1 to {@link #size}
   */
  public InclusionProof inclusion(long index, long size) throws IOException {
    InclusionProof proof = new Tree(nodes, size).inclusion(index);
    try {
      proof.verify(leaf(index), root(size));
      return proof;
    } catch (ProofRefusedException e) {
      throw damaged("of entry " + index, e);
    }
  }

  /**
   * That the log only grew.
   *
   * @param from 1 to {@code to}
   * @param to at most {@link #size}
   */
  public ConsistencyProof consistency(long from, long to) throws IOException {
    return new Tree(nodes, to).consistencyFrom(from);
  }

  /** The bytes of an entry that is in the log. */
  public byte[] entry(long index) throws IOException {
    long bundle = index / TilePath.FULL;
    byte[] entry = bundle(bundle).get((int) (index % TilePath.FULL));
    if (!TreeHash.leaf(EntryHash.of(entry)).equals(leaf(index))) {
      throw new PublishedDamagedException("the published entry %d is another".formatted(index));
    }
    return entry;
  }

  /** The entries of a bundle, as they are published. */
  public List<byte[]> bundle(long bundle) throws IOException {
    int width = TilePath.widthIn(size(), TilePath.ENTRIES, bundle);
    TilePath path = TilePath.entries(bundle, width);
    return EntryBundle.decode(path, tiles.read(path));
  }

  /** The proof of an entry as a file, with the entry's bytes as its extra. */
  public ProofFile file(long index) throws IOException {
    return new ProofFile(index, inclusion(index, size()).path(), note, entry(index));
  }

  private static PublishedDamagedException damaged(String which, ProofRefusedException e) {
    return new PublishedDamagedException(
        "the published tiles %s do not lead to the signed root: %s"
            .formatted(which, e.getMessage()));
  }
}
