package io.countersign.query.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import io.countersign.query.reading.PageCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

class WorkItemListTest {

  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
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
    String partial = Base64.getUrlEncoder().encodeToString("{\"sort\":\"-changedAt\"}".getBytes());
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
}
