package io.countersign.audit.key;

import io.countersign.audit.key.LogKeyException.Reason;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of both sources, as signers under the origin of a log.
 *
 * @param source of Ed25519 keys
 * @param second of ML-DSA-44 keys; null when there is no second signature
 * @param clock time of cosignatures
 */
record KeysAtHand(KeySource source, @Nullable KeySource second, Clock clock) {

  /** Those that have to sign: the newest of each algorithm, and older ones that are still there. */
  List<NoteSigner> signers(KeyPolicy policy, String origin) {
    List<NoteSigner> atHand = at(source, origin, SignatureType.ED25519);
    VerifierKey newest = open(policy, SignatureType.ED25519).getLast().key();
    if (atHand.stream().noneMatch(signer -> signer.verifierKey().equals(newest))) {
      throw notAtHand(atHand.isEmpty(), source, newest);
    }
    var signers = new ArrayList<NoteSigner>();
    add(signers, atHand, open(policy, SignatureType.ED25519));
    List<KeyPolicy.Line> others = open(policy, SignatureType.COSIGNATURE_ML_DSA_44);
    if (second != null && !others.isEmpty()) {
      List<NoteSigner> more = at(second, origin, SignatureType.COSIGNATURE_ML_DSA_44);
      int before = signers.size();
      add(signers, more, others);
      if (signers.size() == before) {
        throw notAtHand(more.isEmpty(), second, others.getLast().key());
      }
    }
    return signers;
  }

  private static void add(
      List<NoteSigner> signers, List<NoteSigner> atHand, List<KeyPolicy.Line> signing) {
    atHand.stream()
        .filter(one -> signing.stream().anyMatch(line -> line.key().equals(one.verifierKey())))
        .forEach(signers::add);
  }

  private static LogKeyException notAtHand(boolean none, KeySource source, VerifierKey key) {
    String id = HexFormat.of().toHexDigits(key.id());
    return none
        ? new LogKeyException(
            Reason.MISSING,
            "the key %s of this log is not in %s: bring it back from its copy"
                .formatted(id, source.place()))
        : new LogKeyException(
            Reason.FOREIGN,
            "%s holds another key than %s, which signs this log: bring that one back from its copy"
                .formatted(source.place(), id));
  }

  /** For a log that was sealed before there was a policy. */
  NoteSigner signerOf(SignedNote note, String origin) {
    List<NoteSigner> atHand = at(source, origin, SignatureType.ED25519);
    for (NoteSigner signer : atHand) {
      try {
        KeyPolicy.of(signer.verifierKey()).checkpoint(note);
        return signer;
      } catch (NoteRefusedException | NoteFormatException _) {
        // perhaps the next one
      }
    }
    throw atHand.isEmpty()
        ? new LogKeyException(
            Reason.MISSING,
            "the key of this log is not in %s, though checkpoints were signed with it: bring it back from its copy"
                .formatted(source.place()))
        : new LogKeyException(
            Reason.FOREIGN,
            "the published checkpoint is not signed with the key in %s and under the origin %s: bring back the key, or the folder, from its copy"
                .formatted(source.place(), origin));
  }

  /** For a log that has none yet: the one made last, or one made now. */
  NoteSigner first(String origin) {
    List<NoteSigner> atHand = at(source, origin, SignatureType.ED25519);
    return atHand.isEmpty()
        ? new NoteSigner(origin, SignatureType.ED25519, source.create(), clock)
        : atHand.getLast();
  }

  /** One that the policy does not name yet: made ready before, or made now. */
  NoteSigner fresh(KeyPolicy policy, SignatureType type) {
    KeySource from = type == SignatureType.ED25519 ? source : second;
    if (from == null) {
      throw new IllegalStateException("no second signature is configured");
    }
    return at(from, policy.origin(), type).stream()
        .filter(signer -> !policy.names(signer.verifierKey()))
        .findFirst()
        .orElseGet(() -> new NoteSigner(policy.origin(), type, from.create(), clock));
  }

  private List<NoteSigner> at(KeySource from, String origin, SignatureType type) {
    return from.keys().stream().map(pair -> new NoteSigner(origin, type, pair, clock)).toList();
  }

  /** The keys of a policy that still sign. */
  static List<KeyPolicy.Line> open(KeyPolicy policy, SignatureType type) {
    return policy.lines().stream()
        .filter(line -> line.isOpen() && line.key().type() == type)
        .toList();
  }
}
