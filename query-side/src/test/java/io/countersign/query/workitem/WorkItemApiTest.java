package io.countersign.query.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import io.countersign.query.reading.PageCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                List.of(new Link("System.LinkTypes.Related", "https://x/1")),
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
  void pagesFollowEachOtherOverEqualTimesWithoutGapsOrRepeats() {
    long last = -1;
    for (int number = 1; number <= 11; number++) {
      last = api.append(Histories.registered(number, "t", AT.plusSeconds(number / 4)));
    }
    assertThat(numbers("changedAt", 3, last)).containsExactly(1, 2, 3, 4, 5, 6, 7, 10, 11, 8, 9);
    assertThat(numbers("-changedAt", 2, last)).containsExactly(9, 8, 11, 10, 7, 6, 5, 4, 3, 2, 1);
    assertThat(numbers("number", 4, last)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(numbers("-number", 11, last)).containsExactly(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void filtersChooseAndCombine() {
    var two = Histories.item(2);
    var change = Histories.change(2, AT.plusSeconds(9));
    long last =
        api.append(
            Histories.registered(1, "a", AT),
            Histories.registered(2, "b", AT),
            Histories.registered(3, "c", AT),
            new WorkItemEvent.StateChanged(
                two, WorkItemState.NEW, WorkItemState.DONE, "New", "Closed", change),
            new WorkItemEvent.TransitionViolated(
                two, WorkItemState.NEW, WorkItemState.DONE, "agile.transition", "no", change),
            new WorkItemEvent.Deleted(Histories.item(3), change),
            new WorkItemEvent.AssignmentChanged(
                Histories.item(1), null, Histories.person("Barbara"), change),
            new WorkItemEvent.GapDetected(Histories.item(1), 3, 4));
    String barbara = Histories.person("Barbara").id().toString();
    for (var expected :
        Map.of(
                "state=Done",
                List.of(2),
                "violated=true",
                List.of(2),
                "violated=false&deleted=false",
                List.of(1),
                "deleted=true",
                List.of(3),
                "incomplete=true",
                List.of(1),
                "assignee=" + barbara,
                List.of(1),
                "type=User Story&organization=fabrikam",
                List.of(1, 2, 3),
                "type=Bug",
                List.<Integer>of(),
                "project=" + Histories.PROJECT,
                List.of(1, 2, 3),
                "project=project:fabrikam:other",
                List.<Integer>of())
            .entrySet()) {
      assertThat(
              page("/api/v1/work-items?sort=number&atLeast=" + last + "&" + expected.getKey())
                  .items()
                  .stream()
                  .map(Item::number))
          .as(expected.getKey())
          .isEqualTo(expected.getValue());
    }
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
  void erasedAndUnreadableTextSayWhatTheyAre() {
    long last =
        api.append(Histories.registered(1, "secret", AT), Histories.registered(2, "other", AT));
    api.cipher.erased.add(Histories.item(1).keyOwner());
    api.cipher.unreadable.add(Histories.item(2).keyOwner());
    body("/api/v1/work-items?sort=number&atLeast=" + last)
        .jsonPath("$.items[0].title.erased")
        .isEqualTo(true)
        .jsonPath("$.items[0].title.text")
        .doesNotExist()
        .jsonPath("$.items[1].title.unreadable")
        .isEqualTo(true)
        .jsonPath("$.position")
        .isEqualTo(last);
  }

  @Test
  void aPositionThatDoesNotComeIsAProblemThatSaysHowFarItIs() {
    long last = api.append(Histories.registered(1, "a", AT));
    body("/api/v1/work-items?atLeast=" + last).jsonPath("$.items.length()").isEqualTo(1);
    api.client
        .get()
        .uri("/api/v1/work-items?atLeast=7&wait=50ms")
        .exchange()
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/position-not-reached")
        .jsonPath("$.position")
        .isEqualTo(0)
        .jsonPath("$.asked")
        .isEqualTo(7)
        .jsonPath("$.head")
        .isEqualTo(0);
  }

  @Test
  void whatIsNotValidIsNamed() {
    String otherOrder = new PageCursor("number", "1", "workitem:fabrikam:1").encode();
    String notATime = new PageCursor("-changedAt", "yesterday", "x").encode();
    String partial =
        java.util.Base64.getUrlEncoder().encodeToString("{\"sort\":\"-changedAt\"}".getBytes());
    for (var expected :
        List.of(
            List.of("statee=New", "statee"),
            List.of("state=Started", "state"),
            List.of("limit=0", "limit"),
            List.of("limit=201", "limit"),
            List.of("limit=many", "limit"),
            List.of("limit=1&limit=2", "limit"),
            List.of("violated=yes", "violated"),
            List.of("assignee=me", "assignee"),
            List.of("project=fabrikam", "project"),
            List.of("organization=a b", "organization"),
            List.of("sort=title", "sort"),
            List.of("after=!!", "after"),
            List.of("after=e30", "after"),
            List.of("after=" + otherOrder, "after"),
            List.of("after=" + notATime, "after"),
            List.of("after=" + partial, "after"),
            List.of("atLeast=-1", "atLeast"),
            List.of("atLeast=0&wait=1h", "wait"))) {
      api.client
          .get()
          .uri("/api/v1/work-items?" + expected.get(0))
          .exchange()
          .expectStatus()
          .isBadRequest()
          .expectBody()
          .jsonPath("$.parameter")
          .isEqualTo(expected.get(1));
    }
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

  private record Item(int number) {}

  private record Page(List<Item> items, String next) {}

  private List<Integer> numbers(String sort, int limit, long atLeast) {
    List<Integer> numbers = new ArrayList<>();
    String after = "";
    do {
      Page page =
          page(
              "/api/v1/work-items?sort=%s&limit=%d&atLeast=%d%s"
                  .formatted(sort, limit, atLeast, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      page.items().forEach(item -> numbers.add(item.number()));
      after = page.next() == null ? "" : "&after=" + page.next();
    } while (!after.isEmpty());
    return numbers;
  }

  private Page page(String uri) {
    return Objects.requireNonNull(
        api.client
            .get()
            .uri(uri)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(Page.class)
            .returnResult()
            .getResponseBody());
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
