package io.countersign.audit.key;

import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import java.util.List;

/**
 * The keys of a log at one moment.
 *
 * @param policy all it ever had, by which its checkpoints verify
 * @param signers those that sign now: at least one; two while one takes over from another, and one
 *     more with a second algorithm
 */
public record LogKeys(KeyPolicy policy, List<NoteSigner> signers) {

  /** Copies the list. */
  public LogKeys {
    signers = List.copyOf(signers);
  }

  /** One key that was there from the beginning. */
  public static LogKeys of(NoteSigner signer) {
    return new LogKeys(KeyPolicy.of(signer.verifierKey()), List.of(signer));
  }

  /** The log. */
  public String origin() {
    return policy.origin();
  }

  /** The newest of those that sign: the one to give to auditors. */
  public VerifierKey newest() {
    return signers.stream()
        .map(NoteSigner::verifierKey)
        .filter(key -> key.type() == SignatureType.ED25519)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  /** Signs a checkpoint with all of them. */
  public SignedNote sign(Checkpoint checkpoint) {
    return new SignedNote(
        checkpoint.text(), signers.stream().map(signer -> signer.sign(checkpoint)).toList());
  }
}
