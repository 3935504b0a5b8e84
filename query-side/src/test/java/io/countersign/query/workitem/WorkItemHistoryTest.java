package io.countersign.query.workitem;

import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

class WorkItemHistoryTest {

  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aWorkItemFirstSeenWithAStateChangeKeepsBothStates() {
    var id = Histories.item(1);
    var first = Histories.change(5, AT);
    var seen = Histories.registered(1, "a", AT);
    long last =
        api.append(
            new WorkItemEvent.Registered(
                id,
                seen.project(),
                seen.type(),
                seen.state(),
                seen.sourceState(),
                seen.process(),
                seen.title(),
                null,
                null,
                Map.of(),
                List.of(),
                first),
            new WorkItemEvent.StateChanged(
                id, WorkItemState.NEW, WorkItemState.DONE, "New", "Closed", first),
            new WorkItemEvent.TransitionViolated(
                id, WorkItemState.NEW, WorkItemState.DONE, "agile.transition", "no", first));
    body("/api/v1/work-items/workitem:fabrikam:1?atLeast=" + last)
        .jsonPath("$.stateHistory.length()")
        .isEqualTo(2)
        .jsonPath("$.stateHistory[0].kind")
        .isEqualTo("registered")
        .jsonPath("$.stateHistory[0].to")
        .isEqualTo("New")
        .jsonPath("$.stateHistory[0].verdict")
        .doesNotExist()
        .jsonPath("$.stateHistory[1].kind")
        .isEqualTo("changed")
        .jsonPath("$.stateHistory[1].verdict.outcome")
        .isEqualTo("violated");
  }

  @Test
  void whatComesLateDoesNotPassForTheNewestChange() {
    var id = Histories.item(1);
    var binned = new SourceChange(null, 9, AT.plusSeconds(900), Histories.person("Barbara"));
    long last =
        api.append(
            Histories.registered(1, "a", AT),
            new WorkItemEvent.Commented(
                id, Histories.title(id, "c"), Histories.change(6, AT.plusSeconds(600))),
            new WorkItemEvent.LateUpdateRecorded(
                id,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                Histories.change(3, AT.plusSeconds(300))),
            new WorkItemEvent.Commented(
                id, Histories.title(id, "late"), Histories.change(3, AT.plusSeconds(300))),
            new WorkItemEvent.Deleted(id, binned));
    body("/api/v1/work-items/workitem:fabrikam:1?atLeast=" + last)
        .jsonPath("$.lastUpdateId")
        .isEqualTo(6)
        .jsonPath("$.revision")
        .isEqualTo(6)
        .jsonPath("$.changedAt")
        .isEqualTo("2026-03-01T08:10:00Z")
        .jsonPath("$.changedBy.name.text")
        .isEqualTo("Ada")
        .jsonPath("$.deleted")
        .isEqualTo(true)
        .jsonPath("$.comments")
        .isEqualTo(2)
        .jsonPath("$.lastIndex")
        .isEqualTo(last);
  }

  @Test
  void anotherTypeIsTheTypeFromThenOn() {
    var id = Histories.item(1);
    long last =
        api.append(
            Histories.registered(1, "a", AT),
            new WorkItemEvent.FieldsChanged(
                id,
                List.of(
                    new FieldChange(
                        Fields.TYPE, new FieldValue.Plain("Task"), new FieldValue.Plain("Bug"))),
                Histories.change(2, AT.plusSeconds(60))));
    body("/api/v1/work-items/workitem:fabrikam:1?atLeast=" + last)
        .jsonPath("$.type")
        .isEqualTo("Bug");
  }

  @Test
  void aWorkItemSeenWithoutUpdatesHasNoLastUpdate() {
    var id = Histories.item(1);
    var seen = Histories.registered(1, "a", AT);
    var binned = new SourceChange(null, 4, AT.plusSeconds(9), null);
    long last =
        api.append(
            new WorkItemEvent.Registered(
                id,
                seen.project(),
                seen.type(),
                seen.state(),
                seen.sourceState(),
                seen.process(),
                seen.title(),
                null,
                null,
                Map.of(),
                List.of(),
                new SourceChange(null, 3, AT, Histories.person("Ada"))),
            new WorkItemEvent.Deleted(id, binned));
    body("/api/v1/work-items/workitem:fabrikam:1?atLeast=" + last)
        .jsonPath("$.lastUpdateId")
        .doesNotExist()
        .jsonPath("$.revision")
        .isEqualTo(4)
        .jsonPath("$.changedBy")
        .doesNotExist()
        .jsonPath("$.stateHistory[0].updateId")
        .doesNotExist();
  }

  private BodyContentSpec body(String uri) {
    return api.client.get().uri(uri).exchange().expectStatus().isOk().expectBody();
  }
}
