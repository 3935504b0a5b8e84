package io.countersign.command.privacy;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.NamedEntry;
import io.countersign.kernel.privacy.PrivacyAnswer.Done;
import io.countersign.kernel.privacy.PrivacyAnswer.Refused;
import io.countersign.kernel.privacy.PrivacyRejection.NotApproved;
import io.countersign.kernel.privacy.PrivacyRejection.OwnRequest;
import io.countersign.kernel.privacy.PrivacyRejection.TooLate;
import io.countersign.kernel.privacy.PurgeCertificate;
import io.countersign.kernel.privacy.PurgeCommand.ApprovePurge;
import io.countersign.kernel.privacy.PurgeCommand.BeginPurge;
import io.countersign.kernel.privacy.PurgeCommand.CertifyPurge;
import io.countersign.kernel.privacy.PurgeCommand.RefusePurge;
import io.countersign.kernel.privacy.PurgeCommand.RequestPurge;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.kernel.privacy.PurgeEvent.PurgeApproved;
import io.countersign.kernel.privacy.PurgeEvent.PurgeCertified;
import io.countersign.kernel.privacy.PurgeEvent.PurgeRefused;
import io.countersign.kernel.privacy.PurgeEvent.PurgeRequested;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.Remainder;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may decide that text is removed from entries, and when. */
class PurgeTest {

  private static final UUID IT = new UUID(4, 7);
  private static final Actor ANN = Actor.principal("ann");
  private static final Actor BEN = Actor.principal("ben");
  private static final Actor CLEO = Actor.principal("cleo");
  private static final Actor DORA = Actor.principal("dora");
  private static final SealedText WHY =
      SealedText.of(new KeyOwner("purge:x"), Purpose.CONTENT, "ticket 18");
  private static final NamedEntry ONE = new NamedEntry(3, "workitem.Commented", "w:1", "h1", "d1");
  private static final NamedEntry OTHER =
      new NamedEntry(5, "workitem.Commented", "w:2", "h2", "d2");
  private static final List<Remainder> LEFT =
      List.of(new Remainder(3, "{}"), new Remainder(5, "{ }"));
  private static final PurgeRequested REQUESTED =
      new PurgeRequested(
          IT,
          List.of(ONE, OTHER),
          List.of(new SubjectId(new UUID(4, 1))),
          LegalBasis.UNLAWFUL,
          WHY,
          ANN);
  private static final PurgeApproved BY_BEN = new PurgeApproved(IT, BEN);
  private static final PurgeApproved BY_CLEO = new PurgeApproved(IT, CLEO);
  private static final PayloadPurged FIRST = purged(ONE, "{}");
  private static final PayloadPurged SECOND = purged(OTHER, "{ }");

  private FixtureConfiguration<Purge> fixture;

  @BeforeEach
  void start() {
    fixture = new AggregateTestFixture<>(Purge.class);
    fixture.registerCommandTargetResolver(new ByAggregateId());
  }

  @Test
  void itIsAskedForOnce() {
    var request =
        new RequestPurge(
            IT, REQUESTED.entries(), REQUESTED.subjects(), LegalBasis.UNLAWFUL, WHY, ANN);
    fixture.givenNoPriorActivity().when(request).expectEvents(REQUESTED);
    fixture
        .given(REQUESTED)
        .when(request)
        .expectNoEvents()
        .expectResultMessagePayload(new Done(Recorded.KNOWN));
  }

  @Test
  void twoOthersApproveEachOnceAndWhoAskedDoesNot() {
    fixture
        .given(REQUESTED)
        .when(new ApprovePurge(IT, ANN))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new OwnRequest()));
    fixture
        .given(REQUESTED, BY_BEN)
        .when(new ApprovePurge(IT, BEN))
        .expectNoEvents()
        .expectResultMessagePayload(new Done(Recorded.KNOWN));
    fixture
        .given(REQUESTED, BY_BEN)
        .when(new BeginPurge(IT, LEFT))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new NotApproved()));
    fixture.given(REQUESTED, BY_BEN).when(new ApprovePurge(IT, CLEO)).expectEvents(BY_CLEO);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(new ApprovePurge(IT, DORA))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new TooLate("approved")));
  }

  @Test
  void whatGoesAndWhatIsLeftIsSaidOfEachEntryAndOnce() {
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(new BeginPurge(IT, LEFT))
        .expectEvents(FIRST, SECOND);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, FIRST, SECOND)
        .when(new BeginPurge(IT, LEFT))
        .expectNoEvents()
        .expectResultMessagePayload(new Done(Recorded.KNOWN));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(new BeginPurge(IT, LEFT.subList(0, 1)))
        .expectNoEvents()
        .expectException(IllegalArgumentException.class);
  }

  @Test
  void itIsStoppedUntilItBegins() {
    var refusal = new RefusePurge(IT, WHY, DORA);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(refusal)
        .expectEvents(new PurgeRefused(IT, WHY, DORA));
    fixture
        .given(REQUESTED)
        .when(new RefusePurge(IT, WHY, ANN))
        .expectEvents(new PurgeRefused(IT, WHY, ANN));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, FIRST, SECOND)
        .when(refusal)
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new TooLate("begun")));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, new PurgeRefused(IT, WHY, DORA))
        .when(new BeginPurge(IT, LEFT))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new NotApproved()));
  }

  @Test
  void itIsCertifiedOnceAndNeverBeforeItBegan() {
    var certificate =
        new PurgeCertificate(
            LegalBasis.UNLAWFUL,
            LegalBasis.UNLAWFUL.citation(),
            ANN,
            List.of(BEN, CLEO),
            Instant.EPOCH,
            List.of(),
            List.of(ONE, OTHER),
            "2026-12-22",
            "2026-12-27");
    var certify = new CertifyPurge(IT, certificate);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(certify)
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new NotApproved()));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, FIRST, SECOND)
        .when(certify)
        .expectEvents(new PurgeCertified(IT, certificate));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, FIRST, SECOND, new PurgeCertified(IT, certificate))
        .when(certify)
        .expectNoEvents()
        .expectResultMessagePayload(new Done(Recorded.KNOWN));
  }

  private static PayloadPurged purged(NamedEntry entry, String left) {
    return new PayloadPurged(
        IT,
        entry.index(),
        entry.name(),
        entry.aggregate(),
        entry.digest(),
        left,
        LegalBasis.UNLAWFUL,
        ANN,
        List.of(BEN, CLEO));
  }
}
