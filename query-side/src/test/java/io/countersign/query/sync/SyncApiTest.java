package io.countersign.query.sync;

import static io.countersign.query.sync.SyncHistories.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.Actor;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.ConflictResolved;
import io.countersign.kernel.workitem.SyncEvent.ReversalRequested;
import io.countersign.kernel.workitem.SyncEvent.TransitionConfirmed;
import io.countersign.kernel.workitem.SyncEvent.TransitionWritten;
import io.countersign.kernel.workitem.SyncEvent.WriteAbandoned;
import io.countersign.kernel.workitem.SyncEvent.WriteRefused;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.CountingLog;
import io.countersign.query.Histories;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.web.bind.annotation.GetMapping;

class SyncApiTest {

  private static final WorkItemState READY = WorkItemState.READY;
  private static final String WRITER = "automation:write-transitions";
  private static final UUID CONFLICT = new UUID(9, 1);

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  private static TransitionRequested requested(int item) {
    return new TransitionRequested(Histories.item(item), WorkItemState.NEW, READY);
  }

  private static TransitionWritten written(int item, int revision) {
    return new TransitionWritten(Histories.item(item), READY, "Approved", revision);
  }

  private static TransitionConfirmed confirmed(int item, int revision) {
    return new TransitionConfirmed(
        Histories.item(item), READY, Histories.change(revision, Histories.START));
  }

  private static ConflictDetected conflict(int item, UUID id) {
    return new ConflictDetected(
        Histories.item(item),
        id,
        WorkItemState.NEW,
        READY,
        WorkItemState.BLOCKED,
        "On hold",
        Histories.change(2, Histories.START));
  }

  private BodyContentSpec get(String below) {
    return api.client
        .get()
        .uri("/api/v1/sync/" + below)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody();
  }

  private void listed(String query, Integer... items) {
    get(query)
        .jsonPath("$.items[*].workItem")
        .value(
            found ->
                assertThat((List<?>) found)
                    .as(query)
                    .isEqualTo(
                        Arrays.stream(items)
                            .map(item -> Histories.item(item).toString())
                            .toList()));
  }

  @Test
  void whatCameOfEachWriteIsTold() {
    api.append(Histories.registered(1, "Sign in", Histories.START));
    api.append(requested(1));
    api.append(requested(2), written(2, 2));
    api.append(requested(3), written(3, 2), confirmed(3, 2));
    api.append(requested(4), confirmed(4, 5));
    api.append(
        requested(5),
        new WriteRefused(
            Histories.item(5), READY, "rule-broken", Histories.title(Histories.item(5), "not so")));
    api.append(
        requested(6), new WriteAbandoned(Histories.item(6), READY, "deleted", null), written(6, 9));
    api.append(requested(7), conflict(7, CONFLICT));
    api.append(
        new ReversalRequested(
            Histories.item(8),
            Histories.change(3, Histories.START),
            "cmmi.transition",
            WorkItemState.NEW,
            "Proposed"),
        new WriteAbandoned(Histories.item(8), WorkItemState.NEW, "overtaken", null));
    long last =
        api.append(
            requested(9),
            new TransitionRequested(Histories.item(9), WorkItemState.NEW, WorkItemState.DONE));

    listed("writes?status=requested&atLeast=" + last, 9, 1);
    listed("writes?status=written", 6, 2);
    listed("writes?status=confirmed", 3);
    listed("writes?status=there-already", 4);
    listed("writes?status=refused", 5);
    listed("writes?status=abandoned", 8);
    listed("writes?status=conflict", 7);
    listed("writes?status=replaced", 9);
    listed("writes?kind=reversal", 8);
    listed("writes?project=" + Histories.PROJECT, 1);
    listed("writes?workItem=" + Histories.item(9), 9, 9);

    get("writes?workItem=" + Histories.item(3))
        .jsonPath("$.items[0].revision")
        .isEqualTo(2)
        .jsonPath("$.items[0].sourceState")
        .isEqualTo("Approved")
        .jsonPath("$.items[0].askedBy")
        .isEqualTo("source:azure-devops")
        .jsonPath("$.items[0].askedAt")
        .isEqualTo(CountingLog.RECORDED.toString())
        .jsonPath("$.items[0].steps[*].step")
        .value(steps -> assertThat((List<?>) steps).isEqualTo(List.of("written", "confirmed")))
        .jsonPath("$.items[0].steps[1].at")
        .isEqualTo(CountingLog.RECORDED.toString())
        .jsonPath("$.items[0].code")
        .doesNotExist();
    get("writes?status=refused")
        .jsonPath("$.items[0].code")
        .isEqualTo("rule-broken")
        .jsonPath("$.items[0].words.text")
        .isEqualTo("not so");
    get("writes?workItem=" + Histories.item(6))
        .jsonPath("$.items[0].code")
        .doesNotExist()
        .jsonPath("$.items[0].steps[0].code")
        .isEqualTo("deleted");
    get("writes?kind=reversal")
        .jsonPath("$.items[0].rule")
        .isEqualTo("cmmi.transition")
        .jsonPath("$.items[0].sourceState")
        .isEqualTo("Proposed")
        .jsonPath("$.items[0].code")
        .isEqualTo("overtaken");
  }

  @Test
  void whatAnOlderRequestWroteIsNotTheNewerOnes() {
    api.append(Histories.registered(3, "Sign in", Histories.START));
    long older = api.appendBy(by("principal:ann", "first"), requested(3));
    long newer = api.appendBy(by("principal:ben", "second"), requested(3));
    long last = api.appendBy(by(WRITER, "first"), written(3, 5));
    get("writes?atLeast=" + last)
        .jsonPath("$.items[?(@.index==" + older + ")].status")
        .isEqualTo("written")
        .jsonPath("$.items[?(@.index==" + newer + ")].status")
        .isEqualTo("requested");

    last = api.append(confirmed(3, 5));
    get("writes?atLeast=" + last)
        .jsonPath("$.items[?(@.index==" + older + ")].status")
        .isEqualTo("confirmed")
        .jsonPath("$.items[?(@.index==" + newer + ")].status")
        .isEqualTo("requested");
  }

  @Test
  void aConflictHasBothSidesAndWhoDecidedIt() {
    var item = Histories.item(7);
    var other = Histories.item(8);
    UUID open = new UUID(9, 2);
    api.append(Histories.registered(7, "Sign in", Histories.START));
    api.append(requested(7), conflict(7, CONFLICT), requested(8), conflict(8, open));
    long last =
        api.append(
            new ConflictResolved(
                item,
                CONFLICT,
                ConflictResolution.THEIRS,
                Actor.principal("olga"),
                Histories.title(item, "they were first")),
            new WriteAbandoned(item, READY, "conflict-theirs", null));
    listed("conflicts?atLeast=" + last, 8, 7);
    listed("conflicts?open=true", 8);
    listed("conflicts?open=false", 7);
    listed("conflicts?project=" + Histories.PROJECT, 7);
    listed("conflicts?workItem=" + other, 8);
    get("conflicts?workItem=" + item)
        .jsonPath("$.items[0].from")
        .isEqualTo("New")
        .jsonPath("$.items[0].ours")
        .isEqualTo("Ready")
        .jsonPath("$.items[0].theirs")
        .isEqualTo("Blocked")
        .jsonPath("$.items[0].sourceTheirs")
        .isEqualTo("On hold")
        .jsonPath("$.items[0].changedBy.name.text")
        .isEqualTo("Ada")
        .jsonPath("$.items[0].resolution")
        .isEqualTo("theirs")
        .jsonPath("$.items[0].decidedBy")
        .isEqualTo("principal:olga")
        .jsonPath("$.items[0].reason.text")
        .isEqualTo("they were first")
        .jsonPath("$.items[0].resolvedAt")
        .isEqualTo(CountingLog.RECORDED.toString());
    get("writes?workItem=" + item)
        .jsonPath("$.items[0].status")
        .isEqualTo("abandoned")
        .jsonPath("$.items[0].conflict")
        .isEqualTo(CONFLICT.toString());
  }

  @Test
  void pagesGoFromTheNewestToTheOldest() {
    long last = api.append(requested(1), requested(2), requested(3), conflict(3, CONFLICT));
    String[] next = new String[1];
    get("writes?limit=2&atLeast=" + last)
        .jsonPath("$.position")
        .isEqualTo(last)
        .jsonPath("$.next")
        .value(cursor -> next[0] = (String) cursor);
    listed("writes?limit=2", 3, 2);
    listed("writes?limit=2&after=" + next[0], 1);
    get("writes?limit=3").jsonPath("$.next").doesNotExist();
    get("conflicts?limit=1").jsonPath("$.next").doesNotExist();
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    problem("writes?colour=red", "colour");
    problem("writes?status=done", "status: one of [requested, written");
    problem("writes?after=nonsense", "after");
    problem("conflicts?open=perhaps", "open: true or false expected");
    problem("conflicts?limit=201", "limit");
  }

  private void problem(String below, String said) {
    api.client
        .get()
        .uri("/api/v1/sync/" + below)
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.detail")
        .value(detail -> assertThat((String) detail).contains(said));
  }

  @Test
  void allOfItNeedsThePermissionToReadWorkItems() {
    assertThat(
            Arrays.stream(SyncHistoryController.class.getMethods())
                .filter(method -> method.isAnnotationPresent(GetMapping.class)))
        .hasSize(2)
        .allSatisfy(
            method ->
                assertThat(method.getAnnotation(RequiresPermission.class).value())
                    .isEqualTo(Permission.READ_WORK_ITEMS));
  }
}
