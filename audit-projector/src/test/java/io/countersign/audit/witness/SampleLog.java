package io.countersign.audit.witness;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.witness.AddCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;

/** A log of any size that signs what it is told: its own history, or another from entry 3 on. */
public final class SampleLog {

  private final NoteSigner signer;

  public SampleLog(String origin) {
    signer = signer(origin, SignatureType.ED25519);
  }

  public static NoteSigner signer(String name, SignatureType type) {
    try {
      return new NoteSigner(
          name,
          type,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          InstantSource.system());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public VerifierKey key() {
    return signer.verifierKey();
  }

  public Checkpoint checkpoint(long size) throws IOException {
    return new Checkpoint(key().name(), size, tree("ours", size).root());
  }

  public Checkpoint forked(long size) throws IOException {
    return new Checkpoint(key().name(), size, tree("theirs", size).root());
  }

  public SignedNote signed(Checkpoint checkpoint) {
    return new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint)));
  }

  public List<TreeHash> path(long from, long to) throws IOException {
    return from == 0 ? List.of() : tree("ours", to).consistencyFrom(from).path();
  }

  List<TreeHash> forkedPath(long from, long to) throws IOException {
    return from == 0 ? List.of() : tree("theirs", to).consistencyFrom(from).path();
  }

  AddCheckpoint request(long from, long to) throws IOException {
    return new AddCheckpoint(from, path(from, to), signed(checkpoint(to)));
  }

  private static Tree tree(String whose, long size) {
    return new Tree((level, index) -> node(level, index, whose), size);
  }

  private static TreeHash node(int level, long index, String whose) {
    if (level == 0) {
      String entry = index < 3 ? "common" + index : whose + index;
      return TreeHash.leaf(EntryHash.of(entry.getBytes(StandardCharsets.UTF_8)));
    }
    return TreeHash.node(node(level - 1, 2 * index, whose), node(level - 1, 2 * index + 1, whose));
  }
}
