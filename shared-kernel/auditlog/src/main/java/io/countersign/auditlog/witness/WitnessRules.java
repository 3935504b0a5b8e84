package io.countersign.auditlog.witness;

import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.witness.WitnessRefusedException.Reason;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * When a witness cosigns (C2SP tlog-witness): only checkpoints of logs it knows, and only what grew
 * from what it cosigned last. So nothing smaller is ever cosigned, and no second root for a size.
 */
public final class WitnessRules {

  private final List<VerifierKey> logs;

  /**
   * For some logs.
   *
   * @param logs their keys; the name of a key is the log's origin. A log may have several
   */
  public WitnessRules(Collection<VerifierKey> logs) {
    this.logs = List.copyOf(logs);
  }

  /** What a witness cosigned last. */
  @FunctionalInterface
  public interface Latest {

    /**
     * The checkpoint that was cosigned last, or nothing when none ever was.
     *
     * @param origin of a log that is known
     */
    Optional<Checkpoint> of(String origin) throws IOException;
  }

  /**
   * Whether to cosign. Between asking this and keeping the answer nothing else may be cosigned for
   * the same log.
   *
   * @return the checkpoint to cosign
   */
  public Checkpoint check(AddCheckpoint request, Latest latest)
      throws WitnessRefusedException, IOException {
    Checkpoint now = signed(request);
    if (request.oldSize() > now.size()) {
      throw new WitnessRefusedException(Reason.OLD_SIZE_ABOVE_NEW, 0, "");
    }
    Checkpoint before =
        latest.of(now.origin()).orElse(new Checkpoint(now.origin(), 0, TreeHash.EMPTY));
    if (request.oldSize() != before.size()) {
      throw new WitnessRefusedException(Reason.OTHER_OLD_SIZE, before.size(), "");
    }
    if (before.size() == now.size() && !before.root().equals(now.root())) {
      throw new WitnessRefusedException(Reason.OTHER_ROOT, before.size(), "");
    }
    grew(before, now, request.proof());
    return now;
  }

  private Checkpoint signed(AddCheckpoint request) throws WitnessRefusedException {
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.parse(request.checkpoint().text());
    } catch (NoteFormatException e) {
      throw new WitnessRefusedException(Reason.NO_CHECKPOINT, 0, String.valueOf(e.getMessage()));
    }
    List<VerifierKey> keys =
        logs.stream().filter(key -> key.name().equals(checkpoint.origin())).toList();
    if (keys.isEmpty()) {
      throw new WitnessRefusedException(Reason.UNKNOWN_LOG, 0, "");
    }
    try {
      new NoteVerifier(keys).verify(request.checkpoint());
      return checkpoint;
    } catch (NoteRefusedException e) {
      throw new WitnessRefusedException(Reason.NOT_SIGNED, 0, String.valueOf(e.getMessage()));
    }
  }

  private static void grew(Checkpoint before, Checkpoint now, List<TreeHash> proof)
      throws WitnessRefusedException {
    if (before.size() == 0) {
      if (!proof.isEmpty()) {
        throw new WitnessRefusedException(Reason.NOT_CONSISTENT, 0, "a proof from nothing");
      }
      return;
    }
    try {
      new ConsistencyProof(before.size(), now.size(), proof).verify(before.root(), now.root());
    } catch (ProofRefusedException e) {
      throw new WitnessRefusedException(
          Reason.NOT_CONSISTENT, before.size(), String.valueOf(e.getMessage()));
    }
  }
}
