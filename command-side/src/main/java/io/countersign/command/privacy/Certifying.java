package io.countersign.command.privacy;

import io.countersign.command.privacy.Dossiers.Told;
import io.countersign.eventlog.encryption.KeyHolders;
import io.countersign.eventlog.encryption.KeyHolders.Standing;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.ErasureCertificate;
import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import io.countersign.kernel.privacy.ErasureCertificate.DecryptProbe;
import io.countersign.kernel.privacy.PrivacyCommand;
import io.countersign.kernel.privacy.PrivacyEvent;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureApproved;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureBegun;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureCertified;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureRefused;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureRequested;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureWithdrawn;
import io.countersign.kernel.privacy.PrivacyEvent.HoldLifted;
import io.countersign.kernel.privacy.PrivacyEvent.HoldPlaced;
import io.countersign.kernel.privacy.PrivacyEvent.SubjectErased;
import io.countersign.kernel.privacy.SubjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the certificate of an erasure, once there is nothing left to wait for: every node that runs
 * has dropped the keys, and of all text in the log that was sealed with them none opens.
 */
final class Certifying {

  private static final int MOST_DECISIONS = 10_000;

  private final LogReader log;
  private final KeyHolders holders;
  private final Probe probe;
  private final PrivacySettings settings;
  private final int inboxRetentionDays;

  Certifying(
      LogReader log,
      KeyHolders holders,
      Probe probe,
      PrivacySettings settings,
      int inboxRetentionDays) {
    this.log = log;
    this.holders = holders;
    this.probe = probe;
    this.settings = settings;
    this.inboxRetentionDays = inboxRetentionDays;
  }

  /** How far the nodes are with an erasure. */
  Standing nodes(Erasure erasure) {
    return holders.standing(erasure.destructions());
  }

  /**
   * The certificate; empty while nodes may hold keys.
   *
   * @throws StillReadableException when something that was sealed with the keys opens
   */
  Optional<ErasureCertificate> certificate(SubjectId subject, Erasure erasure, List<Told> history)
      throws StillReadableException {
    Standing nodes = nodes(erasure);
    if (!nodes.isComplete()) {
      return Optional.empty();
    }
    Set<UUID> keys = erasure.keys().stream().map(DestroyedKey::id).collect(Collectors.toSet());
    DecryptProbe result = probe.run(keys);
    if (result.opened() > 0) {
      throw new StillReadableException(result.opened(), result.texts());
    }
    UUID id = erasure.request().erasure();
    List<Told> decided =
        history.stream().filter(told -> id.equals(erasureOf(told.event()))).toList();
    Instant erasedAt =
        decided.stream()
            .filter(told -> told.event() instanceof SubjectErased)
            .findFirst()
            .orElseThrow()
            .at();
    return Optional.of(
        new ErasureCertificate(
            erasure.request().basis(),
            erasure.request().basis().citation(),
            erasure.request().by(),
            erasure.approvedBy(),
            erasedAt,
            erasure.keys(),
            entries(subject, decided),
            erasure.destructions(),
            nodes.reached(),
            result,
            firstDayAfter(erasedAt, inboxRetentionDays),
            firstDayAfter(erasedAt, settings.backupRetentionDays())));
  }

  /** The certificate as it was issued; empty while it is not. */
  Optional<CertificateView> issued(SubjectId subject, UUID id, List<Told> history) {
    return history.stream()
        .filter(told -> id.equals(erasureOf(told.event())))
        .filter(told -> told.event() instanceof ErasureCertified)
        .findFirst()
        .map(
            told ->
                CertificateView.of(
                    id,
                    subject.value(),
                    ((ErasureCertified) told.event()).certificate(),
                    entries(subject, List.of(told)).getFirst()));
  }

  /** What was made on the day of the erasure is kept for so many days: gone on the next one. */
  static String firstDayAfter(Instant erasedAt, int days) {
    return LocalDate.ofInstant(erasedAt, ZoneOffset.UTC).plusDays(days + 1L).toString();
  }

  private List<DecidingEntry> entries(SubjectId subject, List<Told> decided) {
    var ofSubject =
        new LogReader.Filter(Optional.of(PrivacyCommand.aggregateId(subject)), Optional.empty());
    Map<Long, StoredEntry> stored =
        log.page(0, MOST_DECISIONS, ofSubject).stream()
            .collect(Collectors.toMap(StoredEntry::sequence, Function.identity()));
    List<DecidingEntry> entries = new ArrayList<>();
    for (Told told : decided) {
      StoredEntry entry = stored.get(told.sequence());
      if (entry == null) {
        throw new IllegalStateException("an event of " + subject + " is no entry of the log");
      }
      entries.add(
          new DecidingEntry(
              entry.index(), entry.name(), HexFormat.of().formatHex(entry.entryHash())));
    }
    return entries;
  }

  private static @Nullable UUID erasureOf(PrivacyEvent event) {
    return switch (event) {
      case ErasureRequested it -> it.erasure();
      case ErasureApproved it -> it.erasure();
      case ErasureRefused it -> it.erasure();
      case ErasureWithdrawn it -> it.erasure();
      case ErasureBegun it -> it.erasure();
      case SubjectErased it -> it.erasure();
      case ErasureCertified it -> it.erasure();
      case HoldPlaced _, HoldLifted _ -> null;
    };
  }
}
