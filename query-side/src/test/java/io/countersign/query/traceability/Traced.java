package io.countersign.query.traceability;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Traceability over HTTP, and the events it is made of. */
final class Traced implements AutoCloseable {

  static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
  static final String PARENT = "System.LinkTypes.Hierarchy-Reverse";
  static final String CHILD = "System.LinkTypes.Hierarchy-Forward";

  final ApiUnderTest api = new ApiUnderTest();

  long append(Object... events) {
    return api.append(events);
  }

  @Override
  public void close() {
    api.close();
  }

  List<String> findings(long atLeast) {
    return kinds("/findings", "&limit=200", atLeast);
  }

  List<String> kinds(String path, String more, long atLeast) {
    List<String> found = new ArrayList<>();
    get(path, more, atLeast)
        .path("items")
        .forEach(
            item ->
                found.add(
                    item.path("kind").asString()
                        + " "
                        + WorkItemId.parse(item.path("workItem").asString()).number()));
    return found;
  }

  JsonNode get(String path, long atLeast) {
    return get(path, "", atLeast);
  }

  JsonNode get(String path, String more, long atLeast) {
    BodyContentSpec body =
        api.client
            .get()
            .uri(
                "/api/v1/traceability%s?project=%s&atLeast=%d%s"
                    .formatted(path, Histories.PROJECT, atLeast, more))
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody();
    return JsonMapper.shared().readTree(body.returnResult().getResponseBodyContent());
  }

  static String id(int number) {
    return Histories.item(number).toString();
  }

  static Link toItem(String relation, int number) {
    return new Link(relation, "https://dev.azure.com/fabrikam/_apis/wit/workItems/" + number, null);
  }

  static WorkItemEvent item(int number, String type, WorkItemState state, Link... links) {
    WorkItemId id = Histories.item(number);
    return new WorkItemEvent.Registered(
        id,
        Histories.PROJECT,
        type,
        state,
        state.word(),
        Process.AGILE,
        Histories.title(id, "t"),
        null,
        null,
        Map.of(),
        List.of(links),
        Histories.change(1, AT));
  }
}
