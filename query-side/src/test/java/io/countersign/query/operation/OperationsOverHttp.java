package io.countersign.query.operation;

import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.query.RealApi;
import io.countersign.query.projection.RunningProjections;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Operations as a client asks for them, and what the log has of them. */
record OperationsOverHttp(RealApi api) {

  static final String PATH = "/api/v1/projection-operations";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  WebTestClient.ResponseSpec post(String path, Map<String, ?> body) {
    return api.client.post().uri(path).bodyValue(body).exchange();
  }

  JsonNode get(String path) {
    return answer(api.client.get().uri(path).exchange());
  }

  static JsonNode answer(WebTestClient.ResponseSpec response) {
    return JSON.readTree(response.expectBody().returnResult().getResponseBodyContent());
  }

  JsonNode one(String id) {
    return get(PATH + "/" + id);
  }

  /** Waits until it has ended. */
  JsonNode ended(String id) {
    RunningProjections.eventually(() -> one(id).hasNonNull("endedAt"));
    return one(id);
  }

  /** The log's events of an operation, in order. */
  List<? extends ProjectionEvent> recorded(String projection, String operation) {
    return api.context
        .getBean(EventStore.class)
        .readEvents("projection:" + projection)
        .asStream()
        .map(message -> (ProjectionEvent) message.getPayload())
        .filter(event -> event.operation().toString().equals(operation))
        .toList();
  }
}
