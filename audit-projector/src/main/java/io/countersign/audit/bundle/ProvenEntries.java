package io.countersign.audit.bundle;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.Column;
import io.countersign.auditlog.Finding.ColumnMismatch;
import io.countersign.auditlog.Finding.FileUnreadable;
import io.countersign.auditlog.Finding.HashMismatch;
import io.countersign.auditlog.Finding.MetadataDigestMismatch;
import io.countersign.auditlog.Finding.PayloadDigestMismatch;
import io.countersign.auditlog.Finding.Unreadable;
import io.countersign.auditlog.merkle.InclusionProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.tile.ProofFile;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads entries of a bundle and verifies each: its place under the root, and its contents. */
final class ProvenEntries {

  private final BundleFiles files;
  private final Checkpoint checkpoint;
  private final Consumer<Finding> findings;

  ProvenEntries(BundleFiles files, Checkpoint checkpoint, Consumer<Finding> findings) {
    this.files = files;
    this.checkpoint = checkpoint;
    this.findings = findings;
  }

  /**
   * An entry that is in the log.
   *
   * @param bytes of it
   * @param said by them
   * @param payload as stored, when it is the one the entry vouches for, or what a purge left of it
   * @param other as stored, when it is another one and nobody said yet whether it was purged
   */
  record Proven(byte[] bytes, Entry said, byte @Nullable [] payload, byte @Nullable [] other) {

    /** The same entry with what a purge left of its payload. */
    Proven purged() {
      return new Proven(bytes, said, other, null);
    }
  }

  /**
   * The entry of an index, when it is in the log; what is wrong with it was reported, but for
   * another payload of one of the entries the bundle is about: that may have been purged.
   */
  Optional<Proven> read(String folder, long index) throws IOException {
    byte[] bytes = file(folder, index, BundleNames.ENTRY);
    byte[] proof = file(folder, index, BundleNames.PROOF);
    if (bytes == null || proof == null || !isProven(index, bytes, proof)) {
      return Optional.empty();
    }
    Entry said;
    try {
      said = EntryCodec.decode(bytes);
    } catch (EntryFormatException e) {
      findings.accept(new Unreadable(index, e.reason(), e.offset()));
      return Optional.empty();
    }
    if (said.index().value() != index) {
      findings.accept(new ColumnMismatch(index, Column.INDEX));
      return Optional.empty();
    }
    byte[] payload = file(folder, index, BundleNames.PAYLOAD);
    byte[] other = null;
    if (payload != null && !ContentDigest.of(payload).equals(said.payloadDigest())) {
      if (folder.equals(BundleNames.ENTRIES)) {
        other = payload;
      } else {
        findings.accept(new PayloadDigestMismatch(index));
      }
      payload = null;
    }
    byte[] metadata = file(folder, index, BundleNames.METADATA);
    if (metadata != null && !ContentDigest.of(metadata).equals(said.metadataDigest())) {
      findings.accept(new MetadataDigestMismatch(index));
    }
    return Optional.of(new Proven(bytes, said, payload, other));
  }

  private byte @Nullable [] file(String folder, long index, String kind) throws IOException {
    String name = BundleNames.of(folder, index, kind);
    Optional<byte[]> bytes = files.read(name);
    if (bytes.isEmpty()) {
      findings.accept(new FileUnreadable(index, name, "it is not there", 1));
    }
    return bytes.orElse(null);
  }

  private boolean isProven(long index, byte[] entry, byte[] proof) {
    try {
      ProofFile file = ProofFile.parse(proof);
      new InclusionProof(index, checkpoint.size(), file.path())
          .verify(TreeHash.leaf(EntryHash.of(entry)), checkpoint.root());
      if (file.index() == index && file.checkpoint().text().equals(checkpoint.text())) {
        return true;
      }
    } catch (NoteFormatException | ProofRefusedException _) {
      // the same finding
    }
    findings.accept(new HashMismatch(index));
    return false;
  }
}
