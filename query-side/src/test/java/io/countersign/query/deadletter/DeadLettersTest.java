package io.countersign.query.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersEvicted;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersRetried;
import io.countersign.kernel.projection.DeadLetterEvent.SequenceParked;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.RealApi;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.RunningProjections;
import io.countersign.query.reading.PageCursor;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over the log itself: what waits is shown, tried again, given up; what the log has of it. */
class DeadLettersTest {

  private static final String PATH = "/api/v1/dead-letters";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RealApi api;
  private JdbcClient jdbc;

  @BeforeEach
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    jdbc = JdbcClient.create(api.dataSource);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Logged registered(int item) {
    return new Logged(
        0,
        Histories.registered(item, "title", Histories.START),
        Histories.provenance("registered-" + item));
  }

  private static Logged comment(int item, int update) {
    return new Logged(
        0,
        new WorkItemEvent.Commented(
            Histories.item(item),
            Histories.title(Histories.item(item), "words"),
            Histories.change(update, Histories.START)),
        Histories.provenance("comment-" + item + "-" + update));
  }

  /** Work items 1 to 3; the comments in entries 3 and 5 are refused, entry 6 waits behind 5. */
  private void park() {
    refuse("entry_index not in (3, 5)");
    api.append(
        List.of(
            registered(1),
            registered(2),
            registered(3),
            comment(1, 2),
            comment(2, 2),
            comment(3, 2),
            comment(3, 3)));
    api.reach(6, "work-items");
  }

  /** Appends an event and waits for it; what happens to dead letters is in the log as well. */
  private long append(Logged event) {
    api.append(List.of(event));
    long index =
        jdbc.sql("select max(index) from eventlog.entry where name like 'workitem.%'")
            .query(Long.class)
            .single();
    api.reach(index, "work-items");
    return index;
  }

  private void refuse(String check) {
    jdbc.sql(
            """
            alter table rm_workitem_v1.work_item_comment drop constraint if exists trip;
            alter table rm_workitem_v1.work_item_comment add constraint trip check (%s) not valid
            """
                .formatted(check))
        .update();
  }

  private void heal() {
    refuse("true");
  }

  private WebTestClient.ResponseSpec post(String path, Map<String, ?> body) {
    return api.client.post().uri(PATH + path).bodyValue(body).exchange();
  }

  private static JsonNode answer(WebTestClient.ResponseSpec response) {
    return JSON.readTree(response.expectBody().returnResult().getResponseBodyContent());
  }

  private JsonNode get(String path) {
    return answer(api.client.get().uri(PATH + path).exchange().expectStatus().isOk());
  }

  /** Id of the parking that begins at an entry. */
  private String at(long entry) {
    for (JsonNode one : get("").path("items")) {
      if (one.path("firstEntry").asLong() == entry) {
        return one.path("id").asString();
      }
    }
    throw new AssertionError("nothing is parked at " + entry);
  }

  private List<? extends DeadLetterEvent> recorded() {
    return api.context
        .getBean(EventStore.class)
        .readEvents(DeadLetterTeller.stream("work-items"))
        .asStream()
        .map(message -> (DeadLetterEvent) message.getPayload())
        .toList();
  }

  private Verified verify() {
    return new Verification(
            api.dataSource,
            api.context.getBean("eventSerializer", Serializer.class),
            api.context.getBean("serializer", Serializer.class),
            Events.CATALOGUE)
        .run(
            api.context
                .getBean(ProjectionProcessors.class)
                .ofProcessor("work-items-v1")
                .orElseThrow(),
            UUID.randomUUID(),
            ReplayProgress.SILENT);
  }

  private static Map<String, String> because(String reason) {
    return Map.of("id", UUID.randomUUID().toString(), "reason", reason);
  }

  @Test
  void whatWaitsIsShownWithWhatIsWrongAndTheRowsAreTheReplayUpToIt() {
    park();
    JsonNode all = get("?projection=work-items");
    assertThat(all.path("items")).hasSize(2);
    assertThat(get("?projection=gates").path("items")).isEmpty();
    JsonNode first = get("?limit=1");
    assertThat(first.path("items")).hasSize(1);
    JsonNode rest = get("?limit=1&after=" + first.path("next").asString());
    assertThat(rest.path("items")).hasSize(1).isNotEqualTo(first.path("items"));
    assertThat(rest.hasNonNull("next")).isFalse();

    JsonNode one = get("/" + at(5));
    assertThat(one.path("sequence").path("sequence").asString()).isEqualTo("workitem:fabrikam:3");
    assertThat(one.path("sequence").path("event").asString()).isEqualTo("workitem.Commented");
    assertThat(one.path("sequence").path("code").asString()).isEqualTo("sqlstate-23514");
    assertThat(one.path("sequence").path("error").asString()).endsWith("constraint trip");
    assertThat(one.path("sequence").path("letters").asInt()).isEqualTo(2);
    assertThat(one.path("stack").asString()).contains("RowsRefusedException\n  at ");
    assertThat(one.path("letters"))
        .extracting(l -> l.path("entry").asLong())
        .containsExactly(5L, 6L);

    Verified found = verify();
    assertThat(found.equal()).as("%s", found.tables()).isTrue();
    assertThat(found.parked()).isEqualTo(2);
    RunningProjections.eventually(() -> recorded().size() == 2);
    assertThat(recorded())
        .allSatisfy(event -> assertThat(event).isInstanceOf(SequenceParked.class))
        .extracting(event -> ((SequenceParked) event).entry())
        .containsExactlyInAnyOrder(3L, 5L);
  }

  @Test
  void whatIsTriedAgainAfterTheCauseIsGoneGivesTheRowsOfAReplay() {
    park();
    String parked = at(5);
    JsonNode still = answer(post("/" + parked + "/retry", because("hope")).expectStatus().isOk());
    assertThat(still.path("applied").asInt()).isZero();
    assertThat(still.path("left").asInt()).isEqualTo(2);
    assertThat(still.path("stoppedAt").asLong()).isEqualTo(5);
    assertThat(get("/" + parked).path("sequence").path("attempts").asInt()).isEqualTo(2);

    refuse("entry_index not in (3, 6)");
    JsonNode half = answer(post("/" + parked + "/retry", because("half")).expectStatus().isOk());
    assertThat(half.path("applied").asInt()).isOne();
    assertThat(half.path("stoppedAt").asLong()).isEqualTo(6);
    JsonNode shown = get("/" + parked);
    assertThat(shown.path("sequence").path("firstEntry").asLong()).isEqualTo(6);
    assertThat(shown.path("sequence").path("attempts").asInt()).isOne();
    assertThat(shown.path("letters")).hasSize(1);
    assertThat(verify().equal()).isTrue();

    heal();
    var request = because("constraint removed");
    JsonNode done = answer(post("/" + parked + "/retry", request).expectStatus().isOk());
    assertThat(done.path("left").asInt()).isZero();
    assertThat(answer(post("/" + parked + "/retry", request))).isEqualTo(done);
    post("/" + parked + "/retry", because("again")).expectStatus().isNotFound();
    post("/" + at(3) + "/retry", request).expectStatus().isEqualTo(409);
    post("/retry", request).expectStatus().isEqualTo(409);
    append(comment(3, 4));
    Verified found = verify();
    assertThat(found.equal()).as("%s", found.tables()).isTrue();
    assertThat(found.parked()).isOne();
    assertThat(recorded())
        .filteredOn(DeadLettersRetried.class::isInstance)
        .extracting(event -> ((DeadLettersRetried) event).applied())
        .containsExactly(0, 1, 1);
  }

  @Test
  void allAreTriedEachByItself() {
    park();
    refuse("entry_index <> 6");
    var request = because("all of them");
    JsonNode all = answer(post("/retry", request).expectStatus().isOk());
    assertThat(all.path("sequences").asInt()).isEqualTo(2);
    assertThat(all.path("applied").asInt()).isEqualTo(2);
    assertThat(all.path("stillParked").asInt()).isOne();
    assertThat(all.path("untried").asInt()).isZero();
    heal();
    assertThat(answer(post("/retry", request))).as("asked for again").isEqualTo(all);
    JsonNode rest =
        answer(post("/retry", Map.of("reason", "the rest", "projection", "work-items")));
    assertThat(rest.path("stillParked").asInt()).isZero();
    assertThat(get("").path("items")).isEmpty();
    Verified found = verify();
    assertThat(found.equal()).isTrue();
    assertThat(found.parked()).isNull();
  }

  @Test
  void whatIsGivenUpIsMissingForEverAndTheLogSaysSo() {
    park();
    String parked = at(5);
    var request = because("a test item");
    JsonNode evicted = answer(post("/" + parked + "/evict", request).expectStatus().isOk());
    assertThat(evicted.path("letters").asInt()).isEqualTo(2);
    assertThat(answer(post("/" + parked + "/evict", request))).isEqualTo(evicted);
    assertThat(recorded())
        .filteredOn(DeadLettersEvicted.class::isInstance)
        .singleElement()
        .isEqualTo(
            new DeadLettersEvicted(
                "work-items",
                "work-items-v1",
                UUID.fromString(parked),
                "workitem:fabrikam:3",
                "a test item",
                2,
                5,
                6));
    heal();
    long next = append(comment(3, 4));
    assertThat(
            jdbc.sql("select entry_index from rm_workitem_v1.work_item_comment order by 1")
                .query(Long.class)
                .list())
        .as("what comes later is applied")
        .containsExactly(4L, next);
    assertThat(verify().evicted()).as("verifying does not call that equal").isNotNull();
    post("/" + parked + "/retry", because("too late")).expectStatus().isNotFound();
  }

  @Test
  void anOutageWhileTryingAgainChangesNothing() {
    park();
    heal();
    jdbc.sql(
            """
            create function public.away() returns trigger language plpgsql as
              $$ begin raise exception 'away' using errcode = '57014'; end $$;
            create trigger away before insert on rm_workitem_v1.work_item_comment
              for each row when (new.entry_index = 6) execute function public.away()
            """)
        .update();
    String parked = at(5);
    JsonNode before = get("/" + parked);
    var request = because("too early");
    post("/" + parked + "/retry", request).expectStatus().isEqualTo(503);
    post("/retry", because("all")).expectStatus().isEqualTo(503);
    assertThat(get("/" + parked)).isEqualTo(before);
    assertThat(verify().equal()).isTrue();
    assertThat(recorded())
        .filteredOn(DeadLettersRetried.class::isInstance)
        .as("the sequence before it was tried by itself")
        .hasSizeLessThan(2)
        .noneMatch(event -> event.parked().toString().equals(parked));

    jdbc.sql("drop trigger away on rm_workitem_v1.work_item_comment").update();
    assertThat(answer(post("/" + parked + "/retry", request)).path("left").asInt()).isZero();
  }

  /** As a node leaves it that dies after an append, or before it when all is over already. */
  @Test
  void whatTheLogWasNotToldIsToldOnce() {
    park();
    RunningProjections.eventually(() -> recorded().size() == 2);
    jdbc.sql("update query.dead_letter_event set told = false").update();
    heal();
    post("/retry", because("all")).expectStatus().isOk();
    RunningProjections.eventually(
        () ->
            jdbc.sql("select count(*) from query.dead_letter_event where not told")
                    .query(Long.class)
                    .single()
                == 0);
    assertThat(recorded()).filteredOn(SequenceParked.class::isInstance).hasSize(2);
    assertThat(recorded()).filteredOn(DeadLettersRetried.class::isInstance).hasSize(2);
  }

  @Test
  void whatIsWrongWithARequestIsSaid() {
    String nobody = UUID.randomUUID().toString();
    post("/" + nobody + "/retry", because("x")).expectStatus().isNotFound();
    post("/" + nobody + "/evict", because("x")).expectStatus().isNotFound();
    api.client.get().uri(PATH + "/" + nobody).exchange().expectStatus().isNotFound();
    api.client.get().uri(PATH + "/7").exchange().expectStatus().isBadRequest();
    api.client.get().uri(PATH + "?project=x").exchange().expectStatus().isBadRequest();
    post("/" + nobody + "/evict", Map.of("reason", " ")).expectStatus().isBadRequest();
    post("/retry", Map.of("id", "7", "reason", "x")).expectStatus().isBadRequest();
    String forged = new PageCursor("parkedAt", "x", "y").encode();
    api.client.get().uri(PATH + "?after=" + forged).exchange().expectStatus().isBadRequest();
  }
}
