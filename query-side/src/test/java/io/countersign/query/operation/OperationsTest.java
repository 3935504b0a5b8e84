package io.countersign.query.operation;

import static io.countersign.query.operation.OperationsOverHttp.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.kernel.projection.ProjectionEvent.OperationCanceled;
import io.countersign.kernel.projection.ProjectionEvent.OperationRequested;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.Histories;
import io.countersign.query.RealApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asked for over HTTP, done by the node's runner, recorded in the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RealApi api;
  private OperationsOverHttp http;
  private JdbcClient jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    http = new OperationsOverHttp(api);
    jdbc = JdbcClient.create(api.dataSource);
    api.append(Histories.everyKind(3, 200));
    api.reach(199, "work-items", "projects");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private static Map<String, String> verify(String id, String projection) {
    return Map.of("id", id, "projection", projection, "kind", "verify", "reason", "to be sure");
  }

  @Test
  void verifyingIsRecordedWithItsResultAndAskedForAgainDoneOnce() {
    String id = UUID.randomUUID().toString();
    http.post(PATH, verify(id, "work-items")).expectStatus().isAccepted();
    JsonNode done = http.ended(id);
    assertThat(done.path("state").asString()).isEqualTo("done");
    assertThat(done.path("outcome").asString()).isEqualTo("equal");
    assertThat(done.path("requestedBy").asString()).isEqualTo("principal:ann");
    assertThat(done.path("entriesDone").asLong()).isEqualTo(done.path("entriesAll").asLong());
    assertThat(done.path("result").path("tables").path(0).path("rows").asLong()).isEqualTo(8);

    assertThat(
            OperationsOverHttp.answer(http.post(PATH, verify(id, "work-items")))
                .path("state")
                .asString())
        .isEqualTo("done");
    List<? extends ProjectionEvent> events = http.recorded("work-items", id);
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
    http.post(PATH, verify(id, "projects")).expectStatus().isAccepted();
    JsonNode done = http.ended(id);
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
        http.post(PATH, verify(id, "gates")).expectStatus().isAccepted();
        http.ended(id);
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
      JsonNode done = http.ended(id);
      assertThat(done.path("outcome").asString()).isEqualTo("equal");
      assertThat(done.path("node").asString()).isNotEqualTo("dead");
      assertThat(http.recorded("gates", id)).hasSize(2).last().isInstanceOf(Verified.class);
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
    http.post(PATH, verify(UUID.randomUUID().toString(), "resources"))
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.operation")
        .isEqualTo(other);

    http.post(PATH + "/" + other + "/cancel", Map.of("reason", "not now")).expectStatus().isOk();
    assertThat(http.one(other).path("state").asString()).isEqualTo("running");
    jdbc.sql("update query.operation set state = 'requested' where id = ?::uuid")
        .param(other)
        .update();
    http.post(PATH + "/" + other + "/cancel", Map.of("reason", "not now")).expectStatus().isOk();
    assertThat(http.ended(other).path("state").asString()).isEqualTo("canceled");
    assertThat(http.recorded("resources", other))
        .anyMatch(OperationRequested.class::isInstance)
        .anyMatch(OperationCanceled.class::isInstance);
    assertThat(
            OperationsOverHttp.answer(
                    http.post(PATH + "/" + other + "/cancel", Map.of("reason", "again")))
                .path("state")
                .asString())
        .isEqualTo("canceled");
  }

  @Test
  void whatEndedLongAgoIsForgottenButNotByTheLog() {
    String old = UUID.randomUUID().toString();
    http.post(PATH, verify(old, "traceability")).expectStatus().isAccepted();
    http.ended(old);
    jdbc.sql(
            """
            update query.operation
            set requested_at = now() - interval '100 days', ended_at = now() - interval '91 days' where id = ?::uuid
            """)
        .param(old)
        .update();
    String open = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into query.operation (id, projection, kind, reason, requested_by, requested_at, state, node, lease_until)
            values (?::uuid, 'nobodys', 'verify', 'why', 'principal:bob', now() - interval '100 days', 'running', 'elsewhere',
              now() + interval '1 hour')
            """)
        .param(open)
        .update();
    long before = jdbc.sql("select count(*) from query.operation").query(Long.class).single();

    assertThat(api.context.getBean(OperationTable.class).sweep()).isOne();
    assertThat(jdbc.sql("select count(*) from query.operation").query(Long.class).single())
        .isEqualTo(before - 1);
    api.client.get().uri(PATH + "/" + old).exchange().expectStatus().isNotFound();
    assertThat(http.one(open).path("state").asString()).isEqualTo("running");
    assertThat(http.recorded("traceability", old)).hasSize(2);
  }

  @Test
  void whatIsWrongWithARequestIsSaid() {
    http.post(PATH, Map.of("projection", "none", "kind", "verify", "reason", "x"))
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
      http.post(PATH, wrong.getValue())
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
    http.post(PATH, verify(id, "escalations")).expectStatus().isAccepted();
    http.ended(id);
    http.post(PATH, verify(id, "gates")).expectStatus().isEqualTo(409);
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
