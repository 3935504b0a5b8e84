package io.countersign.golden;

import static io.countersign.golden.Fabrikam.NOON;
import static io.countersign.golden.Fabrikam.text;

import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.ErasureCertificate;
import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import io.countersign.kernel.privacy.ErasureCertificate.DecryptProbe;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.NamedEntry;
import io.countersign.kernel.privacy.PrivacyCommand;
import io.countersign.kernel.privacy.PurgeCertificate;
import io.countersign.kernel.privacy.PurgeCommand;
import io.countersign.kernel.privacy.RefusalGround;
import io.countersign.kernel.privacy.Remainder;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Holds, erasures and purges, from request to certificate. */
final class PrivacyScript {

  private static final Actor ANN = Actor.principal("ann");
  private static final Actor BEN = Actor.principal("ben");
  private static final String SOON = "2026-12-25";

  private final SubjectId subject = new SubjectId(new UUID(0x4000, 77));
  private final Told told;

  PrivacyScript(Told told) {
    this.told = told;
  }

  void play() {
    UUID hold = told.id();
    told.person(new PrivacyCommand.PlaceHold(subject, hold, words("a case is open"), ANN));
    told.person(new PrivacyCommand.LiftHold(subject, hold, words("it is closed"), BEN));
    told.person(
        new PrivacyCommand.RefuseErasure(
            subject, requested(), RefusalGround.LEGAL_CLAIMS, words("it is needed"), BEN));
    told.person(new PrivacyCommand.WithdrawErasure(subject, requested(), ANN));
    erasure(requested());
    purge(told.id());
    UUID refused = told.id();
    told.person(purgeRequest(refused));
    told.person(new PurgeCommand.RefusePurge(refused, words("it is needed"), BEN));
  }

  private UUID requested() {
    UUID erasure = told.id();
    told.person(
        new PrivacyCommand.RequestErasure(
            subject,
            erasure,
            List.of(new KeyOwner("workitem:fabrikam:4700")),
            LegalBasis.OBJECTION,
            words("ticket 17"),
            ANN));
    return erasure;
  }

  private void erasure(UUID id) {
    var keys = List.of(new DestroyedKey(new UUID(9, 9), subject.keyOwner(), "identity"));
    told.person(new PrivacyCommand.ApproveErasure(subject, id, BEN));
    told.person(new PrivacyCommand.ApproveErasure(subject, id, Actor.principal("cleo")));
    told.person(new PrivacyCommand.BeginErasure(subject, id));
    told.person(new PrivacyCommand.RecordErased(subject, id, keys, 1));
    told.person(
        new PrivacyCommand.CertifyErasure(
            subject,
            id,
            new ErasureCertificate(
                LegalBasis.OBJECTION,
                LegalBasis.OBJECTION.citation(),
                ANN,
                List.of(BEN),
                NOON,
                keys,
                List.of(new DecidingEntry(3, "privacy.ErasureRequested", "ab".repeat(32))),
                1,
                2,
                new DecryptProbe(100, 4, 3, 0),
                SOON,
                SOON)));
  }

  private void purge(UUID id) {
    told.person(purgeRequest(id));
    told.person(new PurgeCommand.ApprovePurge(id, BEN));
    told.person(new PurgeCommand.ApprovePurge(id, Actor.principal("cleo")));
    told.person(
        new PurgeCommand.BeginPurge(id, List.of(new Remainder(comment().index(), "{\"left\":1}"))));
    told.person(
        new PurgeCommand.CertifyPurge(
            id,
            new PurgeCertificate(
                LegalBasis.UNLAWFUL,
                LegalBasis.UNLAWFUL.citation(),
                ANN,
                List.of(BEN),
                NOON,
                List.of(new DecidingEntry(3, "privacy.PurgeRequested", "ab".repeat(32))),
                List.of(named(comment())),
                SOON,
                SOON)));
  }

  private PurgeCommand.RequestPurge purgeRequest(UUID id) {
    return new PurgeCommand.RequestPurge(
        id,
        List.of(named(comment())),
        List.of(subject),
        LegalBasis.UNLAWFUL,
        words("an insult"),
        ANN);
  }

  /** The comment that the work items' script left. */
  private StoredEntry comment() {
    var found = new StoredEntry[1];
    told.node()
        .reader()
        .scan(
            0,
            entry -> {
              if (entry.name().equals("workitem.Commented")) {
                found[0] = entry;
              }
            });
    return found[0];
  }

  private static NamedEntry named(StoredEntry entry) {
    return new NamedEntry(
        entry.index(),
        entry.name(),
        entry.aggregateId(),
        HexFormat.of().formatHex(entry.entryHash()),
        "ef".repeat(32));
  }

  private SealedText words(String clear) {
    return text(subject.keyOwner(), clear);
  }
}
