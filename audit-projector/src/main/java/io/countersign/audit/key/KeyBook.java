package io.countersign.audit.key;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.housekeeping.Intent;
import io.countersign.audit.key.LogKeyException.Reason;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which keys sign, from the published policy and the keys at hand. Each change is decided on the
 * disk ({@link Intent}), then in the policy, then in the log; whoever opens the book takes the
 * steps that are missing. Only for who holds the folder's lock.
 */
public final class KeyBook {

  /** The policy: what verifies, for whoever copies the folder. */
  public static final String POLICY = "keys";

  private static final Logger LOG = LoggerFactory.getLogger(KeyBook.class);
  private static final String VKEY = "vkey";
  private static final String PENDING = ".pending";

  private final PublishedLog published;
  private final KeysAtHand atHand;
  private final AuditEntries entries;
  private final Duration overlap;
  private final Clock clock;

  /**
   * Of one log.
   *
   * @param source of its Ed25519 keys
   * @param second of keys for a second signature, by ML-DSA-44; null for none
   * @param overlap how long the old key signs beside the new one
   */
  public KeyBook(
      PublishedLog published,
      KeySource source,
      @Nullable KeySource second,
      AuditEntries entries,
      Duration overlap,
      Clock clock) {
    this.published = published;
    this.atHand = new KeysAtHand(source, second, clock);
    this.entries = entries;
    this.overlap = overlap;
    this.clock = clock;
  }

  /**
   * The keys of a log that has some, and changes nothing; empty when it has none yet.
   *
   * @throws LogKeyException when the one that has to sign is not at hand
   */
  public Optional<LogKeys> check(String origin) throws IOException {
    KeyPolicy policy = policy(origin).orElse(null);
    if (policy == null) {
      SignedNote note = checkpoint();
      return note == null
          ? Optional.empty()
          : Optional.of(LogKeys.of(atHand.signerOf(note, origin)));
    }
    return Optional.of(new LogKeys(policy, atHand.signers(policy, origin)));
  }

  /**
   * Takes the steps that are missing, introduces what is new, and gives the keys that sign.
   *
   * @param size entries that are sealed
   * @throws LogKeyException when the one that has to sign is not at hand
   */
  public LogKeys open(String origin, long size) throws IOException {
    settle(origin);
    LogKeys keys = check(origin).orElse(null);
    if (keys == null || published.read(POLICY).isEmpty()) {
      NoteSigner signer = keys == null ? atHand.first(origin) : keys.signers().getFirst();
      decide(origin, AuditEntries.AUTOMATION, introduced(signer, 1));
      LOG.info(
          "the log's signing key is in {}: keep a copy of it, and give auditors {}",
          atHand.source().place(),
          signer.verifierKey());
    }
    return withSecond(check(origin).orElseThrow(), size);
  }

  /**
   * Lets a new key sign from the next size on, beside the one before.
   *
   * @throws LogKeyException when another rotation is not over, or no new key can be had
   */
  public LogKeys rotate(LogKeys keys, long size, String reason, Actor actor) throws IOException {
    String origin = keys.origin();
    List<KeyPolicy.Line> signing = KeysAtHand.open(keys.policy(), SignatureType.ED25519);
    if (signing.size() > 1) {
      throw new LogKeyException("a rotation is not over yet: two keys sign");
    }
    VerifierKey old = signing.getFirst().key();
    NoteSigner next = atHand.fresh(keys.policy(), SignatureType.ED25519);
    var rotation = new Rotation(old, next.verifierKey(), size + 1, clock.instant());
    SignedNote statement = rotation.signedBy(by(old, keys), next);
    return decide(
        origin,
        actor,
        new AuditEvent.KeyRotated(
            origin,
            old.toString(),
            next.verifierKey().toString(),
            size + 1,
            statement.toString(),
            reason));
  }

  /**
   * Retires the old key when the overlap is over.
   *
   * @param size largest size it has signed
   * @return the keys from now on
   */
  public LogKeys retire(LogKeys keys, long size) throws IOException {
    List<KeyPolicy.Line> signing = KeysAtHand.open(keys.policy(), SignatureType.ED25519);
    if (signing.size() < 2) {
      return keys;
    }
    VerifierKey old = signing.getFirst().key();
    boolean isGone = keys.signers().stream().noneMatch(signer -> signer.verifierKey().equals(old));
    Instant end = rotatedAt(signing.getLast().key()).map(at -> at.plus(overlap)).orElse(null);
    return isGone || (end != null && !clock.instant().isBefore(end))
        ? decide(
            keys.origin(),
            AuditEntries.AUTOMATION,
            new AuditEvent.KeyRetired(keys.origin(), old.toString(), size))
        : keys;
  }

  /** The second algorithm is introduced when it was configured, retired when it no longer is. */
  private LogKeys withSecond(LogKeys keys, long size) throws IOException {
    String origin = keys.origin();
    List<KeyPolicy.Line> signing =
        KeysAtHand.open(keys.policy(), SignatureType.COSIGNATURE_ML_DSA_44);
    boolean wanted = atHand.second() != null;
    if (wanted && signing.isEmpty()) {
      NoteSigner signer = atHand.fresh(keys.policy(), SignatureType.COSIGNATURE_ML_DSA_44);
      return decide(origin, AuditEntries.AUTOMATION, introduced(signer, size + 1));
    }
    if (!wanted && !signing.isEmpty()) {
      return decide(
          origin,
          AuditEntries.AUTOMATION,
          new AuditEvent.KeyRetired(origin, signing.getFirst().key().toString(), size));
    }
    return keys;
  }

  private LogKeys decide(String origin, Actor actor, AuditEvent event) throws IOException {
    published.write(PENDING, Intent.of(event, actor).text());
    settle(origin);
    return check(origin).orElseThrow();
  }

  /** Each step can be taken again. */
  private void settle(String origin) throws IOException {
    String pending = published.read(PENDING).orElse(null);
    if (pending == null) {
      return;
    }
    Intent intent = Intent.parse(pending);
    KeyPolicy before = policy(origin).orElse(null);
    KeyPolicy after = after(intent.event(), before);
    if (intent.event() instanceof AuditEvent.KeyRotated rotated) {
      published.write(statement(key(rotated.newKey())), rotated.statement());
    }
    published.write(POLICY, after.text());
    published.write(VKEY, KeysAtHand.open(after, SignatureType.ED25519).getLast().key() + "\n");
    entries.append(intent.event(), intent.actor(), intent.id());
    published.remove(PENDING);
  }

  private static KeyPolicy after(AuditEvent event, @Nullable KeyPolicy before) throws IOException {
    return switch (event) {
      case AuditEvent.KeyIntroduced(_, String vkey, long from) -> with(before, key(vkey), from);
      case AuditEvent.KeyRotated rotated -> with(before, key(rotated.newKey()), rotated.fromSize());
      case AuditEvent.KeyRetired(_, String vkey, long last) when before != null ->
          before.until(key(vkey), last);
      default -> throw new IOException("this is no change of keys");
    };
  }

  private static KeyPolicy with(@Nullable KeyPolicy before, VerifierKey key, long from) {
    return before == null
        ? new KeyPolicy(List.of(new KeyPolicy.Line(key, from, null)))
        : before.names(key) ? before : before.with(key, from);
  }

  private Optional<KeyPolicy> policy(String origin) throws IOException {
    String text = published.read(POLICY).orElse(null);
    if (text == null) {
      return Optional.empty();
    }
    try {
      KeyPolicy policy = KeyPolicy.parse(text);
      if (policy.origin().equals(origin)) {
        return Optional.of(policy);
      }
      throw new LogKeyException(
          Reason.OTHER_LOG,
          ("the database holds the log %s, and what is published in %s is of %s: restore the"
                  + " database of that log, or move the folder away and keep it to begin a new log")
              .formatted(origin, published.folder(), policy.origin()));
    } catch (NoteFormatException _) {
      throw new LogKeyException(
          "the file %s is not the key policy of %s: bring it back from a copy of the folder"
              .formatted(published.folder().resolve(POLICY), origin));
    }
  }

  private @Nullable SignedNote checkpoint() throws IOException {
    try {
      return published.checkpoint().orElse(null);
    } catch (NoteFormatException e) {
      throw new LogKeyException(
          Reason.FOREIGN, "the published checkpoint cannot be read: " + e.getMessage());
    }
  }

  private Optional<Instant> rotatedAt(VerifierKey newKey) throws IOException {
    return published
        .read(statement(newKey))
        .flatMap(text -> Rotation.parse(text.getBytes(StandardCharsets.UTF_8)))
        .filter(rotation -> rotation.newKey().equals(newKey))
        .map(Rotation::at);
  }

  private static String statement(VerifierKey newKey) {
    return "rotation-" + HexFormat.of().toHexDigits(newKey.id());
  }

  private static NoteSigner by(VerifierKey key, LogKeys keys) {
    return keys.signers().stream()
        .filter(signer -> signer.verifierKey().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static AuditEvent introduced(NoteSigner signer, long from) {
    return new AuditEvent.KeyIntroduced(
        signer.verifierKey().name(), signer.verifierKey().toString(), from);
  }

  private static VerifierKey key(String vkey) throws IOException {
    try {
      return VerifierKey.parse(vkey);
    } catch (NoteFormatException e) {
      throw new IOException("a key that was decided on cannot be read", e);
    }
  }
}
