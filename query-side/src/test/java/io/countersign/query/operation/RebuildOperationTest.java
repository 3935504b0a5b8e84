package io.countersign.query.operation;

import static io.countersign.query.operation.OperationsOverHttp.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.projection.ProjectionEvent.Dropped;
import io.countersign.kernel.projection.ProjectionEvent.OperationCanceled;
import io.countersign.kernel.projection.ProjectionEvent.OperationRequested;
import io.countersign.kernel.projection.ProjectionEvent.Rebuilt;
import io.countersign.kernel.projection.ProjectionEvent.SegmentReleased;
import io.countersign.kernel.projection.ProjectionEvent.Switched;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.Histories;
import io.countersign.query.RealApi;
import io.countersign.query.projection.RunningProjections;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Rebuilding and what belongs to it, asked for over HTTP while people read and events come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildOperationTest {

  private RealApi api;
  private OperationsOverHttp http;
  private JdbcClient jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    http = new OperationsOverHttp(api);
    jdbc = JdbcClient.create(api.dataSource);
    api.append(Histories.everyKind(3, 1_000));
    api.reach(999, "work-items", "projects");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private WebTestClient.ResponseSpec post(String projection, String kind, Map<String, ?> options) {
    return post(UUID.randomUUID().toString(), projection, kind, options);
  }

  private WebTestClient.ResponseSpec post(
      String id, String projection, String kind, Map<String, ?> options) {
    Map<String, Object> body = new HashMap<>();
    body.put("id", id);
    body.put("projection", projection);
    body.put("kind", kind);
    body.put("reason", "because");
    body.put("options", options);
    return http.post(PATH, body);
  }

  private JsonNode done(String projection, String kind, Map<String, ?> options) {
    return http.ended(
        OperationsOverHttp.answer(post(projection, kind, options)).path("id").asString());
  }

  private List<Class<?>> recorded(String projection, String operation) {
    return http.recorded(projection, operation).stream().<Class<?>>map(Object::getClass).toList();
  }

  private List<String> generations(String projection) {
    return jdbc.sql(
            "select number || ' ' || state from query.generation where projection = ? order by 1")
        .param(projection)
        .query(String.class)
        .list();
  }

  private JsonNode workItems() {
    return http.get("/api/v1/work-items?atLeast=999").path("items");
  }

  @Test
  void whoReadsDuringARebuildSeesAllRowsAtOrAfterThePositionAskedFor() {
    var stop = new AtomicBoolean();
    var reads = new AtomicInteger();
    var wrong = new AtomicInteger();
    int items = workItems().size();
    assertThat(items).isPositive();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    reads.incrementAndGet();
                    if (workItems().size() < items) {
                      wrong.incrementAndGet();
                    }
                  }
                });
    JsonNode first = done("work-items", "rebuild", Map.of());
    api.append(Histories.everyKind(4, 200));
    JsonNode second = done("work-items", "rebuild", Map.of("eventsPerSecond", 100_000));
    stop.set(true);
    RunningProjections.eventually(() -> !reader.isAlive());

    assertThat(first.path("error").asString("none")).isEqualTo("none");
    assertThat(first.path("outcome").asString()).isEqualTo("switched");
    assertThat(second.path("result").path("fromGeneration").asInt()).isEqualTo(2);
    assertThat(second.path("result").path("generation").asInt()).isEqualTo(3);
    assertThat(reads).hasPositiveValue();
    assertThat(wrong).hasValue(0);
    assertThat(recorded("work-items", first.path("id").asString()))
        .containsExactly(OperationRequested.class, Verified.class, Rebuilt.class, Switched.class);
    assertThat(recorded("work-items", second.path("id").asString()))
        .as("the one before the one that is kept goes")
        .contains(Dropped.class);
    assertThat(generations("work-items")).containsExactly("2 kept", "3 live");
    assertThat(done("work-items", "verify", Map.of()).path("outcome").asString())
        .isEqualTo("equal");

    assertThat(done("work-items", "rollback", Map.of()).path("outcome").asString())
        .isEqualTo("switched");
    assertThat(generations("work-items")).containsExactly("2 live", "3 kept");
    assertThat(done("work-items", "switch", Map.of("generation", 2)).path("error").asString())
        .isEqualTo("queries read work-items-v1-g2 already");
    assertThat(done("work-items", "drop", Map.of("generation", 2)).path("error").asString())
        .isEqualTo("queries read work-items-v1-g2");
    assertThat(done("work-items", "drop", Map.of("generation", 3)).path("outcome").asString())
        .isEqualTo("dropped");
    assertThat(done("work-items", "drop", Map.of("generation", 3)).path("error").asString())
        .isEqualTo("there is no such generation; see the status");
    assertThat(done("work-items", "rollback", Map.of()).path("error").asString())
        .isEqualTo("no generation is kept that one could go back to");
    assertThat(generations("work-items")).containsExactly("2 live");
  }

  @Test
  void whatIsBuiltCanWaitAndBeSwitchedToLater() {
    JsonNode built = done("projects", "rebuild", Map.of("stay", true));
    assertThat(built.path("outcome").asString()).isEqualTo("rebuilt");
    assertThat(generations("projects")).containsExactly("1 live", "2 following");
    api.client
        .get()
        .uri("/api/v1/processors/projects-v1-g2")
        .exchange()
        .expectBody()
        .jsonPath("$.standing")
        .isEqualTo("following")
        .jsonPath("$.generation")
        .isEqualTo(2);
    assertThat(done("projects", "switch", Map.of("generation", 2)).path("outcome").asString())
        .isEqualTo("switched");
    assertThat(generations("projects")).containsExactly("1 kept", "2 live");
  }

  @Test
  void aCanceledRebuildLeavesNothingBehind() {
    String id = UUID.randomUUID().toString();
    post(id, "traceability", "rebuild", Map.of("eventsPerSecond", 1)).expectStatus().isAccepted();
    RunningProjections.eventually(() -> generations("traceability").contains("2 loading"));
    post("traceability", "verify", Map.of()).expectStatus().isEqualTo(409);
    assertThat(done("escalations", "pause", Map.of()).path("outcome").asString())
        .as("what is short does not wait for a rebuild")
        .isEqualTo("paused");
    api.client
        .post()
        .uri(PATH + "/" + id + "/cancel")
        .bodyValue(Map.of("reason", "too slow"))
        .exchange()
        .expectStatus()
        .isOk();
    assertThat(http.ended(id).path("state").asString()).isEqualTo("canceled");
    assertThat(generations("traceability")).containsExactly("1 live");
    assertThat(recorded("traceability", id))
        .containsExactly(OperationRequested.class, OperationCanceled.class);
    assertThat(
            jdbc.sql("select count(*) from pg_namespace where nspname = 'rm_traceability_v1_g2'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void aProcessorIsPausedSplitMergedAndGoesOn() {
    assertThat(done("policies", "pause", Map.of()).path("outcome").asString()).isEqualTo("paused");
    assertThat(done("policies", "split", Map.of("segment", 0)).path("outcome").asString())
        .isEqualTo("resegmented");
    JsonNode merged = done("policies", "merge", Map.of("segment", 0));
    assertThat(merged.path("result").path("segments").size()).isEqualTo(4);
    assertThat(done("policies", "resume", Map.of()).path("outcome").asString())
        .isEqualTo("resumed");
    assertThat(done("policies", "merge", Map.of("segment", 9)).path("error").asString())
        .startsWith("there is no part 9");
  }

  @Test
  void aNodeLetsAPartGoOnceAndTheLogSaysWhich() {
    JsonNode done = done("gates", "release", Map.of("segment", 1));
    assertThat(done.path("error").asString("none")).isEqualTo("none");
    assertThat(done.path("outcome").asString()).isEqualTo("segmentreleased");
    String id = done.path("id").asString();
    assertThat(http.recorded("gates", id))
        .last()
        .isInstanceOfSatisfying(
            SegmentReleased.class,
            event -> {
              assertThat(event.segment()).isOne();
              assertThat(event.node()).isEqualTo(done.path("node").asString());
            });
    assertThat(
            OperationsOverHttp.answer(post(id, "gates", "release", Map.of("segment", 1)))
                .path("state")
                .asString())
        .as("asked for again")
        .isEqualTo("done");
    assertThat(done("gates", "release", Map.of("segment", 9)).path("error").asString())
        .isEqualTo("no node holds a part 9 of gates-v1");
    post("gates", "release", Map.of()).expectStatus().isBadRequest();
  }

  @Test
  void whatWasPausedBeforeARebuildCanBeGoneBackTo() {
    done("resources", "pause", Map.of());
    assertThat(done("resources", "rebuild", Map.of()).path("outcome").asString())
        .isEqualTo("switched");
    assertThat(done("resources", "rollback", Map.of()).path("error").asString())
        .isEqualTo("resources-v1 is paused: resume it first");
    assertThat(done("resources", "resume", Map.of()).path("outcome").asString())
        .isEqualTo("resumed");
    assertThat(done("resources", "rollback", Map.of()).path("result").path("generation").asInt())
        .isOne();
  }

  /** As a node leaves it that dies after it has split, before it has told. */
  @Test
  void whatIsDoneAndNotToldIsNotDoneTwice() {
    String id = done("escalations", "split", Map.of("segment", 0)).path("id").asString();
    jdbc.sql(
            """
            update query.operation set state = 'running', node = 'dead', lease_until = now() - interval '1 s',
              ended_at = null, result = null, outcome = null, result_event = gen_random_uuid()
            where id = ?::uuid
            """)
        .param(id)
        .update();
    assertThat(http.ended(id).path("result").path("segments").size()).isEqualTo(5);
  }

  /** As a node leaves it that dies after the switch, when somebody cancels it after that. */
  @Test
  void whatIsDoneCanNoLongerBeCanceled() {
    String id = done("gates", "rebuild", Map.of()).path("id").asString();
    jdbc.sql(
            """
            update query.operation set state = 'running', node = 'dead', lease_until = now() - interval '1 s',
              ended_at = null, result = null, outcome = null, result_event = gen_random_uuid(), cancel_requested = true
            where id = ?::uuid
            """)
        .param(id)
        .update();
    assertThat(http.ended(id).path("outcome").asString()).isEqualTo("switched");
    assertThat(recorded("gates", id)).contains(Switched.class);
    assertThat(generations("gates")).containsExactly("1 kept", "2 live");
  }

  @Test
  void optionsThatDoNotFitTheKindAreNamed() {
    for (var wrong :
        Map.of(
                "segment", Map.of("segment", 1),
                "stay", Map.of("stay", true),
                "eventsPerSecond", Map.of("eventsPerSecond", 10),
                "generation", Map.of("generation", 0))
            .entrySet()) {
      post("gates", "verify", wrong.getValue())
          .expectStatus()
          .isBadRequest()
          .expectBody()
          .jsonPath("$.parameter")
          .isEqualTo(wrong.getKey());
    }
    post("gates", "drop", Map.of()).expectStatus().isBadRequest();
    post("gates", "split", Map.of()).expectStatus().isBadRequest();
    assertThat(done("policies", "rebuild", Map.of("version", 7)).path("error").asString())
        .isEqualTo("there is no version 7 of policies");
  }
}
