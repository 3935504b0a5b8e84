package io.countersign.command.privacy;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.PrivacyAnswer.Done;
import io.countersign.kernel.privacy.PrivacyAnswer.Refused;
import io.countersign.kernel.privacy.PrivacyCommand.ApproveErasure;
import io.countersign.kernel.privacy.PrivacyCommand.BeginErasure;
import io.countersign.kernel.privacy.PrivacyCommand.LiftHold;
import io.countersign.kernel.privacy.PrivacyCommand.PlaceHold;
import io.countersign.kernel.privacy.PrivacyCommand.RecordErased;
import io.countersign.kernel.privacy.PrivacyCommand.RefuseErasure;
import io.countersign.kernel.privacy.PrivacyCommand.RequestErasure;
import io.countersign.kernel.privacy.PrivacyCommand.WithdrawErasure;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureApproved;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureBegun;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureRefused;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureRequested;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureWithdrawn;
import io.countersign.kernel.privacy.PrivacyEvent.HoldLifted;
import io.countersign.kernel.privacy.PrivacyEvent.HoldPlaced;
import io.countersign.kernel.privacy.PrivacyEvent.SubjectErased;
import io.countersign.kernel.privacy.PrivacyRejection.Held;
import io.countersign.kernel.privacy.PrivacyRejection.NotApproved;
import io.countersign.kernel.privacy.PrivacyRejection.NotKnown;
import io.countersign.kernel.privacy.PrivacyRejection.NotOwnRequest;
import io.countersign.kernel.privacy.PrivacyRejection.OwnRequest;
import io.countersign.kernel.privacy.PrivacyRejection.TooLate;
import io.countersign.kernel.privacy.PrivacyRejection.Underway;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.RefusalGround;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may decide what about a person's data, and when. */
class DataSubjectTest {

  private static final SubjectId ADA = new SubjectId(new UUID(4, 1));
  private static final UUID IT = new UUID(4, 2);
  private static final UUID HOLD = new UUID(4, 3);
  private static final Actor ANN = Actor.principal("ann");
  private static final Actor BEN = Actor.principal("ben");
  private static final Actor CLEO = Actor.principal("cleo");
  private static final Actor DORA = Actor.principal("dora");
  private static final SealedText WHY =
      SealedText.of(new KeyOwner("erasure:x"), Purpose.CONTENT, "ticket 17");

  private static final ErasureRequested REQUESTED =
      new ErasureRequested(ADA, IT, List.of(), LegalBasis.OBJECTION, WHY, ANN);
  private static final ErasureApproved BY_BEN = new ErasureApproved(ADA, IT, BEN);
  private static final ErasureApproved BY_CLEO = new ErasureApproved(ADA, IT, CLEO);
  private static final HoldPlaced HELD = new HoldPlaced(ADA, HOLD, WHY, DORA);
  private static final ErasureBegun BEGUN = new ErasureBegun(ADA, IT);

  private FixtureConfiguration<DataSubject> fixture;

  @BeforeEach
  void start() {
    fixture = new AggregateTestFixture<>(DataSubject.class);
    fixture.registerCommandTargetResolver(new ByAggregateId());
  }

  @Test
  void anErasureIsAskedForOnce() {
    var request = new RequestErasure(ADA, IT, List.of(), LegalBasis.OBJECTION, WHY, ANN);
    fixture
        .givenNoPriorActivity()
        .when(request)
        .expectEvents(REQUESTED)
        .expectResultMessagePayload(new Done(Recorded.NEW));
    fixture
        .given(REQUESTED)
        .when(request)
        .expectNoEvents()
        .expectResultMessagePayload(new Done(Recorded.KNOWN));
    fixture
        .given(REQUESTED)
        .when(new RequestErasure(ADA, HOLD, List.of(), LegalBasis.OTHER, WHY, BEN))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new Underway(IT)));
  }

  @Test
  void afterARefusalItMayBeAskedForAgain() {
    fixture
        .given(REQUESTED, new ErasureRefused(ADA, IT, RefusalGround.IDENTITY_NOT_PROVEN, WHY, BEN))
        .when(new RequestErasure(ADA, HOLD, List.of(), LegalBasis.OTHER, WHY, BEN))
        .expectEvents(new ErasureRequested(ADA, HOLD, List.of(), LegalBasis.OTHER, WHY, BEN));
  }

  @Test
  void whoAskedCannotApprove() {
    fixture
        .given(REQUESTED)
        .when(new ApproveErasure(ADA, IT, ANN))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new OwnRequest()));
  }

  @Test
  void onePrincipalApprovesOnceHoweverOftenHeTries() {
    fixture
        .given(REQUESTED, BY_BEN)
        .when(new ApproveErasure(ADA, IT, BEN))
        .expectNoEvents()
        .expectResultMessagePayload(new Done(Recorded.KNOWN));
    fixture
        .given(REQUESTED, BY_BEN)
        .when(new BeginErasure(ADA, IT))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new NotApproved()));
  }

  @Test
  void twoOthersSuffice() {
    fixture.given(REQUESTED, BY_BEN).when(new ApproveErasure(ADA, IT, CLEO)).expectEvents(BY_CLEO);
    fixture.given(REQUESTED, BY_BEN, BY_CLEO).when(new BeginErasure(ADA, IT)).expectEvents(BEGUN);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(new ApproveErasure(ADA, IT, DORA))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new TooLate("approved")));
  }

  @Test
  void aHoldForbidsTheBeginningAndNothingElse() {
    fixture
        .given(REQUESTED, HELD, BY_BEN)
        .when(new ApproveErasure(ADA, IT, CLEO))
        .expectEvents(BY_CLEO);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, HELD)
        .when(new BeginErasure(ADA, IT))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new Held(HOLD)));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, HELD, new HoldLifted(ADA, HOLD, WHY, DORA))
        .when(new BeginErasure(ADA, IT))
        .expectEvents(BEGUN);
  }

  @Test
  void holdsArePlacedBeforeItBeginsAndLiftedOnce() {
    fixture.givenNoPriorActivity().when(new PlaceHold(ADA, HOLD, WHY, DORA)).expectEvents(HELD);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, BEGUN)
        .when(new PlaceHold(ADA, HOLD, WHY, DORA))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new TooLate("begun")));
    fixture
        .given(HELD)
        .when(new LiftHold(ADA, HOLD, WHY, ANN))
        .expectEvents(new HoldLifted(ADA, HOLD, WHY, ANN));
    fixture
        .given(HELD, new HoldLifted(ADA, HOLD, WHY, ANN))
        .when(new LiftHold(ADA, HOLD, WHY, ANN))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new NotKnown(HOLD)));
  }

  @Test
  void itIsStoppedUntilItBegins() {
    var refusal = new RefuseErasure(ADA, IT, RefusalGround.LEGAL_CLAIMS, WHY, DORA);
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(refusal)
        .expectEvents(new ErasureRefused(ADA, IT, RefusalGround.LEGAL_CLAIMS, WHY, DORA));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, BEGUN)
        .when(refusal)
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new TooLate("begun")));
    fixture
        .given(REQUESTED)
        .when(new WithdrawErasure(ADA, IT, ANN))
        .expectEvents(new ErasureWithdrawn(ADA, IT, ANN));
    fixture
        .given(REQUESTED)
        .when(new WithdrawErasure(ADA, IT, BEN))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new NotOwnRequest()));
    fixture
        .given(REQUESTED, new ErasureWithdrawn(ADA, IT, ANN))
        .when(new ApproveErasure(ADA, IT, BEN))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new TooLate("withdrawn")));
  }

  @Test
  void whatTheAutomationDidIsRecordedOnceAndNeverWithoutTheBeginning() {
    List<DestroyedKey> keys = List.of(new DestroyedKey(HOLD, ADA.keyOwner(), "identity"));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, BEGUN)
        .when(new RecordErased(ADA, IT, keys, 7))
        .expectEvents(new SubjectErased(ADA, IT, keys, 7));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO, BEGUN, new SubjectErased(ADA, IT, keys, 7))
        .when(new RecordErased(ADA, IT, List.of(), 8))
        .expectNoEvents()
        .expectResultMessagePayload(new Done(Recorded.KNOWN));
    fixture
        .given(REQUESTED, BY_BEN, BY_CLEO)
        .when(new RecordErased(ADA, IT, keys, 7))
        .expectNoEvents()
        .expectResultMessagePayload(new Refused(new NotApproved()));
  }
}
