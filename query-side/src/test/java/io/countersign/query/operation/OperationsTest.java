package io.countersign.query.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.kernel.projection.ProjectionEvent.OperationCanceled;
import io.countersign.kernel.projection.ProjectionEvent.OperationRequested;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.Histories;
import io.countersign.query.RealApi;
import io.countersign.query.projection.RunningProjections;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asked for over HTTP, done by the node's runner, recorded in the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {

  private static final String PATH = "/api/v1/projection-operations";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RealApi api;
  private JdbcClient jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    jdbc = JdbcClient.create(api.dataSource);
    api.append(Histories.everyKind(3, 200));
    api.reach(199, "work-items", "projects");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private WebTestClient.ResponseSpec post(String path, Map<String, ?> body) {
    return api.client.post().uri(path).bodyValue(body).exchange();
  }

  private JsonNode answer(WebTestClient.ResponseSpec response) {
    return JSON.readTree(response.expectBody().returnResult().getResponseBodyContent());
  }

  private JsonNode ended(String id) {
    RunningProjections.eventually(() -> one(id).hasNonNull("endedAt"));
    return one(id);
  }

  private JsonNode one(String id) {
    return answer(api.client.get().uri(PATH + "/" + id).exchange());
  }

  private List<? extends ProjectionEvent> recorded(String projection, String operation) {
    return api.context
        .getBean(EventStore.class)
        .readEvents("projection:" + projection)
        .asStream()
        .map(message -> (ProjectionEvent) message.getPayload())
        .filter(event -> event.operation().toString().equals(operation))
        .toList();
  }

  private static Map<String, String> verify(String id, String projection) {
    return Map.of("id", id, "projection", projection, "kind", "verify", "reason", "to be sure");
  }

  @Test
  void verifyingIsRecordedWithItsResultAndAskedForAgainDoneOnce() {
    String id = UUID.randomUUID().toString();
    post(PATH, verify(id, "work-items")).expectStatus().isAccepted();
    JsonNode done = ended(id);
    assertThat(done.path("state").asString()).isEqualTo("done");
    assertThat(done.path("outcome").asString()).isEqualTo("equal");
    assertThat(done.path("requestedBy").asString()).isEqualTo("principal:ann");
    assertThat(done.path("entriesDone").asLong()).isEqualTo(done.path("entriesAll").asLong());
    assertThat(done.path("result").path("tables").path(0).path("rows").asLong()).isEqualTo(8);

    assertThat(answer(post(PATH, verify(id, "work-items"))).path("state").asString())
        .isEqualTo("done");
    List<? extends ProjectionEvent> events = recorded("work-items", id);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            OperationRequested.class, event -> assertThat(event.reason()).isEqualTo("to be sure"));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(Verified.class, event -> assertThat(event.equal()).isTrue());
    assertThat(JSON.readTree(JSON.writeValueAsString(events.getLast())))
        .as("what the API shows is what the log has")
        .isEqualTo(done.path("result"));
  }

  @Test
  void rowsThatDivergeAreTheResult() {
    jdbc.sql("update rm_project_v1.project set name = 'forged'").update();
    String id = UUID.randomUUID().toString();
    post(PATH, verify(id, "projects")).expectStatus().isAccepted();
    JsonNode done = ended(id);
    assertThat(done.path("outcome").asString()).isEqualTo("diverged");
    assertThat(done.path("result").path("tables").path(0).path("differing").asLong()).isOne();
    assertThat(done.path("result").path("equal").asBoolean(true)).isFalse();
  }

  /** As a node leaves it that dies at it, once before the result is in the log, once after. */
  @Test
  void whatADeadNodeWasAtIsDoneByAnotherAndRecordedOnce() {
    for (boolean recorded : List.of(false, true)) {
      String id = UUID.randomUUID().toString();
      if (recorded) {
        post(PATH, verify(id, "gates")).expectStatus().isAccepted();
        ended(id);
        assertThat(
                jdbc.sql(
                        """
                        update query.operation set state = 'running', node = 'dead', lease_until = now() - interval '1 s',
                          ended_at = null, result = null, outcome = null
                        where id = ?::uuid
                        """)
                    .param(id)
                    .update())
            .isOne();
      } else {
        jdbc.sql(
                """
                insert into query.operation (id, projection, kind, reason, requested_by, state, node, lease_until)
                values (?::uuid, 'gates', 'verify', 'why', 'principal:ann', 'running', 'dead', now() - interval '1 s')
                """)
            .param(id)
            .update();
      }
      JsonNode done = ended(id);
      assertThat(done.path("outcome").asString()).isEqualTo("equal");
      assertThat(done.path("node").asString()).isNotEqualTo("dead");
      assertThat(recorded("gates", id)).hasSize(2).last().isInstanceOf(Verified.class);
    }
  }

  @Test
  void onlyOneAtATimeIsUnderWayWithAProjectionAndItCanBeCanceled() {
    String other = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into query.operation (id, projection, kind, reason, requested_by, state, node, lease_until)
            values (?::uuid, 'resources', 'verify', 'why', 'principal:bob', 'running', 'elsewhere',
              now() + interval '1 hour')
            """)
        .param(other)
        .update();
    post(PATH, verify(UUID.randomUUID().toString(), "resources"))
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.operation")
        .isEqualTo(other);

    post(PATH + "/" + other + "/cancel", Map.of("reason", "not now")).expectStatus().isOk();
    assertThat(one(other).path("state").asString()).isEqualTo("running");
    jdbc.sql("update query.operation set state = 'requested' where id = ?::uuid")
        .param(other)
        .update();
    post(PATH + "/" + other + "/cancel", Map.of("reason", "not now")).expectStatus().isOk();
    assertThat(ended(other).path("state").asString()).isEqualTo("canceled");
    assertThat(recorded("resources", other))
        .anyMatch(OperationRequested.class::isInstance)
        .anyMatch(OperationCanceled.class::isInstance);
    assertThat(
            answer(post(PATH + "/" + other + "/cancel", Map.of("reason", "again")))
                .path("state")
                .asString())
        .isEqualTo("canceled");
  }

  @Test
  void whatIsWrongWithARequestIsSaid() {
    post(PATH, Map.of("projection", "none", "kind", "verify", "reason", "x"))
        .expectStatus()
        .isNotFound()
        .expectBody()
        .jsonPath("$.detail")
        .value(String.class, detail -> assertThat(detail).contains("work-items"));
    for (var wrong :
        Map.of(
                "reason", Map.of("projection", "gates", "kind", "verify", "reason", " "),
                "kind", Map.of("projection", "gates", "kind", "polish", "reason", "x"),
                "id", Map.of("id", "7", "projection", "gates", "kind", "verify", "reason", "x"),
                "projection", Map.of("kind", "verify", "reason", "x"))
            .entrySet()) {
      post(PATH, wrong.getValue())
          .expectStatus()
          .isBadRequest()
          .expectBody()
          .jsonPath("$.parameter")
          .isEqualTo(wrong.getKey());
    }
    api.client.get().uri(PATH + "/" + UUID.randomUUID()).exchange().expectStatus().isNotFound();
    api.client
        .get()
        .uri(PATH + "?projection=nothing")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(0);

    String id = UUID.randomUUID().toString();
    post(PATH, verify(id, "escalations")).expectStatus().isAccepted();
    ended(id);
    post(PATH, verify(id, "gates")).expectStatus().isEqualTo(409);
    api.client
        .get()
        .uri(PATH + "?projection=escalations&limit=1")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items[0].id")
        .isEqualTo(id);
  }
}
