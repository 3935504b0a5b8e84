package io.countersign.auditlog.policy;

import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trust policy (C2SP tlog-policy).
 *
 * @param logs whose checkpoints are believed; may be empty where the log is known from elsewhere
 * @param witnesses who may cosign
 * @param quorum which of them have to
 */
public record TrustPolicy(List<Log> logs, List<Witness> witnesses, Quorum quorum) {

  /** Copies the lists. */
  public TrustPolicy {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
  }

  /**
   * A log.
   *
   * @param key its name is the log's origin
   * @param url where it is; what that means is up to the application
   */
  public record Log(VerifierKey key, @Nullable String url) {}

  /**
   * A witness.
   *
   * @param name in this policy only
   * @param key whose cosignatures count
   * @param url its submission prefix (C2SP tlog-witness); absent where nobody has to ask it
   */
  public record Witness(String name, VerifierKey key, @Nullable String url) {}

  /**
   * What a policy says of a checkpoint.
   *
   * @param checkpoint what it states
   * @param cosigners witnesses of the policy that cosigned it
   * @param quorum whether these are enough
   */
  public record Verdict(Checkpoint checkpoint, List<Witness> cosigners, boolean quorum) {

    /** Copies the list. */
    public Verdict {
      cosigners = List.copyOf(cosigners);
    }
  }

  /** Reads a policy file. */
  public static TrustPolicy parse(byte[] file) throws PolicyFormatException {
    return new PolicyReader(file).read();
  }

  /**
   * Judges a checkpoint. As with every signed note, signatures of unknown keys are passed over and
   * one bad signature of a known key refuses the whole.
   *
   * @throws NoteRefusedException when it is of none of the logs, or a known key's signature is bad.
   *     A policy without logs leaves the log's own signature to the caller
   */
  public Verdict judge(SignedNote note) throws NoteRefusedException, NoteFormatException {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    if (!logs.isEmpty()) {
      isOneOfTheLogs(note, checkpoint.origin());
    }
    Set<VerifierKey> good = cosignersOf(note);
    List<Witness> cosigners =
        witnesses.stream().filter(witness -> good.contains(witness.key())).toList();
    return new Verdict(checkpoint, cosigners, quorum.isReachedBy(good));
  }

  private void isOneOfTheLogs(SignedNote note, String origin) throws NoteRefusedException {
    List<VerifierKey> keys = logs.stream().map(Log::key).toList();
    if (new NoteVerifier(keys)
        .verify(note).stream().noneMatch(good -> good.key().name().equals(origin))) {
      throw new NoteRefusedException(NoteRefusedException.Reason.OTHER_ORIGIN, origin);
    }
  }

  private Set<VerifierKey> cosignersOf(SignedNote note) throws NoteRefusedException {
    var named = new ArrayList<VerifierKey>();
    for (Witness witness : witnesses) {
      if (note.signatures().stream().anyMatch(witness.key()::isNamedBy)) {
        named.add(witness.key());
      }
    }
    return named.isEmpty()
        ? Set.of()
        : new NoteVerifier(named)
            .verify(note).stream().map(NoteVerifier.Verified::key).collect(Collectors.toSet());
  }
}
