package io.countersign.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamApiTest {

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  private WebTestClient.ResponseSpec get(String path) {
    return api.client.get().uri(URI.create("/api/v1/streams" + path)).exchange();
  }

  private JsonNode page(String query) {
    byte[] body =
        get(query).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent();
    return JsonMapper.builder().build().readTree(body);
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").findValuesAsString("id");
  }

  private long some() {
    return api.append(
        Histories.registered(2, "Two", Histories.START),
        Histories.registered(10, "Ten", Histories.START),
        new ProjectEvent.Renamed(Histories.PROJECT, "Fabrikam"),
        Histories.registered(1, "One", Histories.START),
        new ProjectEvent.Renamed(Histories.PROJECT, "Fabrikam Web"));
  }

  @Test
  void eachAggregateIsAStreamWithItsFirstAndLastEntry() {
    long last = some();
    get("/" + Histories.PROJECT + "?atLeast=" + last)
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Countersign-Position", last)
        .expectBody()
        .jsonPath("$.id")
        .isEqualTo(Histories.PROJECT.toString())
        .jsonPath("$.type")
        .isEqualTo("project")
        .jsonPath("$.entries")
        .isEqualTo(2)
        .jsonPath("$.firstIndex")
        .isEqualTo(2)
        .jsonPath("$.lastIndex")
        .isEqualTo(4)
        .jsonPath("$.firstAt")
        .isNotEmpty()
        .jsonPath("$.lastAt")
        .isNotEmpty();
    get("/workitem:fabrikam:3?atLeast=" + last).expectStatus().isNotFound();
    get("/workitem:fabrikam:3%00").expectStatus().isNotFound();
  }

  @Test
  void aListIsInOrderOfIdsByBytesAndPagesFollowEachOther() {
    long last = some();
    JsonNode all = page("?atLeast=" + last);
    assertThat(ids(all))
        .containsExactly(
            Histories.PROJECT.toString(),
            "workitem:fabrikam:1",
            "workitem:fabrikam:10",
            "workitem:fabrikam:2");
    assertThat(all.has("next")).isFalse();
    JsonNode two = page("?limit=2");
    assertThat(ids(two)).isEqualTo(ids(all).subList(0, 2));
    assertThat(ids(page("?limit=2&after=" + two.path("next").asString(""))))
        .isEqualTo(ids(all).subList(2, 4));
  }

  @Test
  void aTypeAndABeginningNarrowTheList() {
    long last = some();
    assertThat(ids(page("?type=project&atLeast=" + last)))
        .containsExactly(Histories.PROJECT.toString());
    assertThat(ids(page("?prefix=workitem:fabrikam:1")))
        .containsExactly("workitem:fabrikam:1", "workitem:fabrikam:10");
    assertThat(ids(page("?prefix=%25"))).as("no pattern").isEmpty();
    for (String wrong : List.of("?prefix=a%00", "?kind=project", "?limit=201", "?after=nonsense")) {
      get(wrong).expectStatus().isBadRequest();
    }
  }

  @Test
  void allOfItNeedsThePermissionToReadTheLog() {
    assertThat(
            Arrays.stream(StreamController.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(GetMapping.class))
                .map(method -> method.getAnnotation(RequiresPermission.class).value()))
        .hasSize(2)
        .containsOnly(Permission.READ_LOG);
  }
}
