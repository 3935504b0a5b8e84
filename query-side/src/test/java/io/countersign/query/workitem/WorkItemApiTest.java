package io.countersign.query.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

class WorkItemApiTest {

  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aWorkItemIsShownWithItsHistoryAndWhereItComesFrom() {
    var id = Histories.item(297);
    var second = Histories.change(2, AT.plusSeconds(60));
    var third = Histories.change(3, AT.plusSeconds(120));
    var fourth = Histories.change(4, AT.plusSeconds(180));
    long last =
        api.append(
            Histories.registered(297, "Customer can sign in", AT),
            new WorkItemEvent.StateChanged(
                id, WorkItemState.NEW, WorkItemState.IN_PROGRESS, "New", "Active", second),
            new WorkItemEvent.StateChanged(
                id, WorkItemState.IN_PROGRESS, WorkItemState.NEW, "Active", "New", third),
            new WorkItemEvent.TransitionViolated(
                id,
                WorkItemState.IN_PROGRESS,
                WorkItemState.NEW,
                "agile.transition",
                "no way back",
                third),
            new WorkItemEvent.StateChanged(id, WorkItemState.NEW, null, "New", "Odd", fourth),
            new WorkItemEvent.StateUnmapped(id, "User Story", "Odd", Process.AGILE, fourth),
            new WorkItemEvent.JudgementDeferred(id, "state-unmapped", fourth),
            new WorkItemEvent.LinksChanged(
                id,
                List.of(new Link("System.LinkTypes.Related", "https://x/1", null)),
                List.of(),
                Histories.change(5, AT.plusSeconds(240))),
            new WorkItemEvent.FieldsChanged(
                id,
                List.of(
                    new FieldChange(
                        "Custom.Owner", null, new FieldValue.Person(Histories.person("Edsger")))),
                Histories.change(6, AT.plusSeconds(300))),
            new WorkItemEvent.Commented(
                id, Histories.title(id, "looks good"), Histories.change(7, AT.plusSeconds(360))),
            new WorkItemEvent.GapDetected(id, 8, 10),
            new WorkItemEvent.LateUpdateRecorded(
                id,
                "Active",
                "Resolved",
                List.of(),
                List.of(),
                List.of(),
                Histories.change(9, AT.plusSeconds(400))),
            new WorkItemEvent.TransitionRefused(
                id, WorkItemState.NEW, WorkItemState.DONE, "agile.transition", "not at once"));

    body("/api/v1/work-items/workitem:fabrikam:297?atLeast=" + last)
        .jsonPath("$.id")
        .isEqualTo("workitem:fabrikam:297")
        .jsonPath("$.title.text")
        .isEqualTo("Customer can sign in")
        .jsonPath("$.assignedTo.name.text")
        .isEqualTo("Grace")
        .jsonPath("$.state")
        .doesNotExist()
        .jsonPath("$.sourceState")
        .isEqualTo("Odd")
        .jsonPath("$.violations")
        .isEqualTo(1)
        .jsonPath("$.incomplete")
        .isEqualTo(true)
        .jsonPath("$.missingUpdates[0].from")
        .isEqualTo(8)
        .jsonPath("$.missingUpdates[0].to")
        .isEqualTo(8)
        .jsonPath("$.missingUpdates[1].from")
        .isEqualTo(10)
        .jsonPath("$.revision")
        .isEqualTo(7)
        .jsonPath("$.registeredIndex")
        .isEqualTo(0)
        .jsonPath("$.lastIndex")
        .isEqualTo(last)
        .jsonPath("$.comments")
        .isEqualTo(1)
        .jsonPath("$.stateHistory.length()")
        .isEqualTo(5)
        .jsonPath("$.stateHistory[0].kind")
        .isEqualTo("registered")
        .jsonPath("$.stateHistory[0].to")
        .isEqualTo("New")
        .jsonPath("$.stateHistory[1].verdict.outcome")
        .isEqualTo("allowed")
        .jsonPath("$.stateHistory[1].from")
        .isEqualTo("New")
        .jsonPath("$.stateHistory[1].sourceTo")
        .isEqualTo("Active")
        .jsonPath("$.stateHistory[1].changedBy.name.text")
        .isEqualTo("Ada")
        .jsonPath("$.stateHistory[1].changedAt")
        .isEqualTo("2026-03-01T08:01:00Z")
        .jsonPath("$.stateHistory[2].verdict.outcome")
        .isEqualTo("violated")
        .jsonPath("$.stateHistory[2].verdict.rule")
        .isEqualTo("agile.transition")
        .jsonPath("$.stateHistory[2].entryIndex")
        .isEqualTo(2)
        .jsonPath("$.stateHistory[3].verdict.outcome")
        .isEqualTo("unmapped")
        .jsonPath("$.stateHistory[4].late")
        .isEqualTo(true)
        .jsonPath("$.stateHistory[4].updateId")
        .isEqualTo(9)
        .jsonPath("$.deliveries.length()")
        .isEqualTo(13)
        .jsonPath("$.deliveries[0].delivery")
        .isEqualTo("delivery-0")
        .jsonPath("$.links[0].target")
        .isEqualTo("https://x/1")
        .jsonPath("$.fields[0].field")
        .isEqualTo("Custom.Owner")
        .jsonPath("$.fields[0].person.name.text")
        .isEqualTo("Edsger")
        .jsonPath("$.fields[1].value")
        .isEqualTo("Fabrikam\\Web")
        .jsonPath("$.transitionRequests[0].outcome")
        .isEqualTo("refused");
  }

  @Test
  void anUnchangedWorkItemIsNotSentAgainUntilItChangesOrIsErased() {
    long first = api.append(Histories.registered(1, "a", AT));
    String uri = "/api/v1/work-items/workitem:fabrikam:1?atLeast=";
    String etag = etag(uri + first);
    assertThat(etag).startsWith("\"").endsWith("\"");
    notModified(uri + first, etag);

    api.cipher.erased.add(Histories.item(1).keyOwner());
    String erased = etag(uri + first);
    assertThat(erased).as("after erasure").isNotEqualTo(etag);

    long second =
        api.append(
            new WorkItemEvent.Commented(
                Histories.item(1),
                Histories.title(Histories.item(1), "c"),
                Histories.change(2, AT)));
    assertThat(etag(uri + second)).isNotEqualTo(erased);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String id : List.of("workitem:fabrikam:9", "nonsense", "workitem:fabrikam:0")) {
      api.client
          .get()
          .uri("/api/v1/work-items/" + id)
          .exchange()
          .expectStatus()
          .isNotFound()
          .expectBody()
          .jsonPath("$.type")
          .isEqualTo("/problems/not-found");
    }
  }

  private BodyContentSpec body(String uri) {
    return api.client.get().uri(uri).exchange().expectStatus().isOk().expectBody();
  }

  private String etag(String uri) {
    return Objects.requireNonNull(
        api.client
            .get()
            .uri(uri)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseHeaders()
            .getETag());
  }

  private void notModified(String uri, String etag) {
    api.client
        .get()
        .uri(uri)
        .header("If-None-Match", etag)
        .exchange()
        .expectStatus()
        .isNotModified()
        .expectBody()
        .isEmpty();
  }
}
