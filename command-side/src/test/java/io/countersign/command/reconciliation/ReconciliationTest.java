package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordComparison;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordFailure;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordSubscriptions;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SubscriptionStatusChanged;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** What of the comparisons of a project is news. */
class ReconciliationTest {

  private static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  private static final ProjectId PROJECT = new ProjectId(ORGANIZATION, "web");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final ReconciliationFailed FAILED =
      new ReconciliationFailed(PROJECT, NOON, Asked.SCHEDULE, "not available: HTTP 503");

  private final FixtureConfiguration<Reconciliation> fixture =
      new AggregateTestFixture<>(Reconciliation.class)
          .registerCommandTargetResolver(new ByAggregateId());

  private static SourceReconciled idle(Duration afterNoon, Asked asked) {
    return new SourceReconciled(
        PROJECT,
        NOON,
        NOON.plus(afterNoon),
        asked,
        Count.NONE,
        Count.NONE,
        0,
        List.of(),
        0,
        List.of(),
        0);
  }

  private static SourceReconciled missing(int missing, int filled) {
    return new SourceReconciled(
        PROJECT,
        NOON,
        NOON.plusSeconds(60),
        Asked.SCHEDULE,
        new Count(1, 1),
        Count.NONE,
        missing,
        List.of(),
        0,
        List.of(),
        filled);
  }

  @Test
  void anIdleProjectIsRecordedOnceADay() {
    fixture
        .given(idle(Duration.ZERO, Asked.SCHEDULE))
        .when(new RecordComparison(idle(Duration.ofHours(23), Asked.SCHEDULE)))
        .expectResultMessagePayload(Recorded.KNOWN)
        .expectNoEvents();
    fixture
        .given(idle(Duration.ZERO, Asked.SCHEDULE))
        .when(new RecordComparison(idle(Duration.ofHours(24), Asked.SCHEDULE)))
        .expectEvents(idle(Duration.ofHours(24), Asked.SCHEDULE));
  }

  @Test
  void windowsJoinWithoutAHoleAlsoWhereIdleOnesWereNotRecorded() {
    SourceReconciled later =
        idle(Duration.ofHours(2), Asked.DEMAND).since(NOON.plus(Duration.ofHours(1)));
    fixture
        .given(idle(Duration.ZERO, Asked.SCHEDULE))
        .when(new RecordComparison(later))
        .expectEvents(later.since(NOON));
    SourceReconciled again = later.since(NOON.minusSeconds(60));
    fixture
        .given(idle(Duration.ZERO, Asked.SCHEDULE))
        .when(new RecordComparison(again))
        .expectEvents(again);
  }

  @Test
  void whatSomebodyAskedForIsAlwaysRecorded() {
    fixture
        .given(idle(Duration.ZERO, Asked.SCHEDULE))
        .when(new RecordComparison(idle(Duration.ofMinutes(1), Asked.DEMAND)))
        .expectEvents(idle(Duration.ofMinutes(1), Asked.DEMAND));
  }

  @Test
  void whatStaysMissingIsNotRecordedAgainUntilItIsFilled() {
    fixture.given(missing(3, 1)).when(new RecordComparison(missing(2, 0))).expectNoEvents();
    fixture
        .given(missing(3, 1))
        .when(new RecordComparison(missing(2, 2)))
        .expectEvents(missing(2, 2));
  }

  @Test
  void theSameFailureIsRecordedOnceAndItsEndIs() {
    fixture.given(FAILED).when(new RecordFailure(FAILED)).expectNoEvents();
    fixture
        .given(idle(Duration.ZERO, Asked.SCHEDULE), FAILED)
        .when(new RecordComparison(idle(Duration.ofMinutes(15), Asked.SCHEDULE)))
        .expectEvents(idle(Duration.ofMinutes(15), Asked.SCHEDULE));
  }

  @Test
  void subscriptionsAreRecordedWhereTheyStandOtherwiseThanBefore() {
    var look =
        new RecordSubscriptions(
            PROJECT, new TreeMap<>(Map.of("git.push", "missing", "workitem.updated", "enabled")));
    fixture
        .givenNoPriorActivity()
        .when(look)
        .expectEvents(new SubscriptionStatusChanged(PROJECT, "git.push", null, "missing"));
    fixture
        .given(
            new SubscriptionStatusChanged(PROJECT, "git.push", null, "missing"),
            new SubscriptionStatusChanged(PROJECT, "workitem.updated", null, "onProbation"))
        .when(look)
        .expectEvents(
            new SubscriptionStatusChanged(PROJECT, "workitem.updated", "onProbation", "enabled"));
  }

  @Test
  void longListsAreCutAndTheirCountsAreNot() {
    List<Difference> all =
        IntStream.rangeClosed(1, 300)
            .mapToObj(
                number ->
                    new Difference(
                        new WorkItemId(ORGANIZATION, number), Difference.Kind.UPDATE, 1, 2))
            .toList();
    var result =
        new SourceReconciled(
            PROJECT, null, NOON, Asked.FULL, Count.NONE, Count.NONE, 600, all, 0, List.of(), 600);
    assertThat(result.missingList()).hasSize(SourceReconciled.LONGEST_LIST);
    assertThat(result.missing()).isEqualTo(600);
  }
}
