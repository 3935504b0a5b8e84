package io.countersign.query.reconciliation;

import static io.countersign.query.reconciliation.ReconciliationHistories.OTHER;
import static io.countersign.query.reconciliation.ReconciliationHistories.by;
import static io.countersign.query.reconciliation.ReconciliationHistories.compared;
import static io.countersign.query.reconciliation.ReconciliationHistories.gaps;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.ReconciliationEvent.BuildsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.NotificationsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SubscriptionStatusChanged;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.CountingLog;
import io.countersign.query.Histories;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.web.bind.annotation.GetMapping;

class ReconciliationApiTest {

  private static final Instant FROM = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant TO = FROM.plusSeconds(900);

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  private long results() {
    api.appendBy(
        by("run-1"),
        compared(Histories.PROJECT, FROM, TO, gaps(2), List.of(), 4),
        new BuildsReconciled(Histories.PROJECT, FROM, TO, new Count(4, 2), 2, List.of(17, 19), 2));
    return api.appendBy(
        by("run-2"),
        compared(OTHER, null, TO, gaps(1), gaps(1), 0),
        new ReconciliationFailed(OTHER, FROM, Asked.DEMAND, "the service did not answer"),
        new NotificationsReconciled(
            OTHER, FROM, TO, new Count(5, 2), 3, Map.of("git.push", 2, "x", 1), 1));
  }

  private BodyContentSpec get(String path) {
    return api.client.get().uri("/api/v1/" + path).exchange().expectStatus().isOk().expectBody();
  }

  private void listed(String query, Integer... entries) {
    get(query)
        .jsonPath("$.items[*].index")
        .value(found -> assertThat((List<?>) found).as(query).isEqualTo(List.of(entries)));
  }

  @Test
  void eachFilterOfAListFindsItsOwn() {
    long last = results();
    listed("reconciliation-results?atLeast=" + last, 4, 3, 2, 1, 0);
    listed("reconciliation-results?project=" + OTHER, 4, 3, 2);
    listed("reconciliation-results?kind=builds", 1);
    listed("reconciliation-results?outcome=failed", 3);
    listed("reconciliation-results?run=run-1", 1, 0);
    listed("reconciliation-results?differs=true", 4, 2);
    listed("reconciliation-results?differs=false", 3, 1, 0);
    String[] next = new String[1];
    get("reconciliation-results?limit=3")
        .jsonPath("$.position")
        .isEqualTo(last)
        .jsonPath("$.next")
        .value(cursor -> next[0] = (String) cursor);
    listed("reconciliation-results?after=" + next[0], 1, 0);
  }

  @Test
  void aResultTellsItsWindowItsCountsAndWhatDiffered() {
    long last = results();
    get("reconciliation-results/0?atLeast=" + last)
        .jsonPath("$.result.recordedAt")
        .isEqualTo(CountingLog.RECORDED.toString())
        .jsonPath("$.result.from")
        .isEqualTo(FROM.toString())
        .jsonPath("$.result.to")
        .isEqualTo(TO.toString())
        .jsonPath("$.result.asked")
        .isEqualTo("schedule")
        .jsonPath("$.result.askedBy")
        .isEqualTo("automation:reconciliation")
        .jsonPath("$.result.workItems.source")
        .isEqualTo(4)
        .jsonPath("$.result.counted.ours")
        .isEqualTo(7)
        .jsonPath("$.result.missing")
        .isEqualTo(4)
        .jsonPath("$.result.filled")
        .isEqualTo(4)
        .jsonPath("$.differences.length()")
        .isEqualTo(2)
        .jsonPath("$.differences[0].side")
        .isEqualTo("missing")
        .jsonPath("$.differences[0].what")
        .isEqualTo("update")
        .jsonPath("$.differences[0].workItem")
        .isEqualTo(Histories.item(1).toString())
        .jsonPath("$.differences[0].first")
        .isEqualTo(5)
        .jsonPath("$.differences[0].size")
        .isEqualTo(2);
    get("reconciliation-results/1")
        .jsonPath("$.result.workItems")
        .doesNotExist()
        .jsonPath("$.differences[*].first")
        .value(builds -> assertThat((List<?>) builds).isEqualTo(List.of(17, 19)));
    get("reconciliation-results/2")
        .jsonPath("$.result.from")
        .doesNotExist()
        .jsonPath("$.differences[1].side")
        .isEqualTo("unexpected");
    get("reconciliation-results/3")
        .jsonPath("$.result.reason")
        .isEqualTo("the service did not answer")
        .jsonPath("$.result.missing")
        .doesNotExist()
        .jsonPath("$.differences")
        .isEmpty();
    get("reconciliation-results/4")
        .jsonPath("$.differences[0].what")
        .isEqualTo("git.push")
        .jsonPath("$.differences[0].size")
        .isEqualTo(2);
  }

  @Test
  void aSubscriptionIsShownAsItStoodAndUntilWhen() {
    long last =
        api.appendBy(
            by("run-1"),
            changed("workitem.updated", null, "onProbation"),
            changed("git.push", null, "missing"),
            changed("workitem.updated", "onProbation", "enabled"));
    listed("hooks/history?atLeast=" + last, 2, 1, 0);
    listed("hooks/history?current=true", 2, 1);
    listed("hooks/history?current=false", 0);
    listed("hooks/history?eventType=git.push", 1);
    listed("hooks/history?project=" + OTHER);
    get("hooks/history?current=false")
        .jsonPath("$.items[0].status")
        .isEqualTo("onProbation")
        .jsonPath("$.items[0].before")
        .doesNotExist()
        .jsonPath("$.items[0].seenBy")
        .isEqualTo("automation:reconciliation")
        .jsonPath("$.items[0].seenAt")
        .isEqualTo(CountingLog.RECORDED.toString())
        .jsonPath("$.items[0].untilIndex")
        .isEqualTo(2)
        .jsonPath("$.items[0].untilAt")
        .isEqualTo(CountingLog.RECORDED.toString());
  }

  private static SubscriptionStatusChanged changed(
      String type, @Nullable String before, String after) {
    return new SubscriptionStatusChanged(Histories.PROJECT, type, before, after);
  }

  @Test
  void whatIsNotThereOrNotUnderstoodIsSaid() {
    problem("reconciliation-results/7", 404, "no entry of this index");
    problem("reconciliation-results/nonsense", 404, "no entry of this index");
    problem("reconciliation-results?kind=commits", 400, "kind: one of [source, notifications");
    problem("reconciliation-results?differs=1", 400, "differs: true or false expected");
    problem("hooks/history?status=missing", 400, "status");
  }

  private void problem(String path, int status, String said) {
    api.client
        .get()
        .uri("/api/v1/" + path)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectBody()
        .jsonPath("$.detail")
        .value(detail -> assertThat((String) detail).contains(said));
  }

  @Test
  void resultsNeedThePermissionToReadTheLogAndSubscriptionsThatOfOperations() {
    assertThat(
            Arrays.stream(ReconciliationHistoryController.class.getMethods())
                .filter(method -> method.isAnnotationPresent(GetMapping.class))
                .map(
                    method ->
                        method.getName()
                            + " "
                            + method.getAnnotation(RequiresPermission.class).value()))
        .containsExactlyInAnyOrder(
            "results " + Permission.READ_LOG,
            "one " + Permission.READ_LOG,
            "subscriptions " + Permission.READ_OPERATIONS);
  }
}
