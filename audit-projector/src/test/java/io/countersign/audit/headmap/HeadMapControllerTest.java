package io.countersign.audit.headmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.headmap.Completeness;
import io.countersign.auditlog.headmap.Head;
import io.countersign.auditlog.headmap.HeadMapProof;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.tile.ProofFile;
import io.countersign.kernel.Actor;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class HeadMapControllerTest {

  private static final Principal ANNA = new Principal("anna", Set.of(Role.values()));
  private static final String PREFIX = "/api/v1/log";

  @TempDir private Path folder;
  private SealedLog log;
  private HeadMapSchedule schedule;
  private HeadMapController controller;
  private WebTestClient client;

  @BeforeEach
  void open() {
    log = new SealedLog(folder);
    schedule = log.schedule(Duration.ZERO);
    controller =
        new HeadMapController(
            log.published, log.stored, new HeadMaps(log.stored), schedule, Schedulers.immediate());
    client = WebTestClient.bindToController(controller).controllerAdvice(new Problems()).build();
  }

  @AfterEach
  void close() {
    log.close();
  }

  /** With nothing but the answer, the key, and the entries of the aggregate. */
  @Test
  void anOutsiderSeesThatTheseAreAllEntriesAndThatAnAbsentOneIsAbsent() throws Exception {
    log.append(1, 2, 1, 3, 1, 2).seal();
    log.recorder().record(log.seal(), Actor.principal("anna"));
    log.append(1).seal();
    for (int workItem = 1; workItem <= 5; workItem++) {
      String aggregate = "workitem:fabrikam:" + workItem;
      HeadView view = head(aggregate);
      RecordedHeadMap recorded = checked(view);
      HeadMapProof proof = HeadMapProof.parse(view.proof().getBytes(StandardCharsets.UTF_8));
      Optional<Head> head = proof.verify(aggregate, recorded.root());
      assertThat(view.present()).isEqualTo(workItem <= 3).isEqualTo(head.isPresent());
      assertThat(view.index()).isEqualTo(head.map(Head::index).orElse(null));
      assertThat(view.sequence()).isEqualTo(head.map(Head::sequence).orElse(null));
      List<byte[]> below = log.entriesOf(aggregate);
      assertThat(
              Completeness.verify(
                  aggregate, workItem == 1 ? below.subList(0, 3) : below, proof, recorded.root()))
          .hasSize(new int[] {3, 2, 1, 0, 0}[workItem - 1]);
    }
  }

  @Test
  void anOlderMapIsServedAsLongAsTheLogHoldsIt() throws Exception {
    log.append(1, 2, 1).seal();
    log.recorder().record(log.seal(), Actor.principal("anna"));
    log.append(1, 4).seal();
    log.recorder().record(log.seal(), Actor.principal("anna"));
    log.seal();
    assertThat(head("workitem:fabrikam:1").sequence()).isEqualTo(2);
    assertThat(head("workitem:fabrikam:4").present()).isTrue();
    assertThat(head("workitem:fabrikam:1?map=3").sequence()).isEqualTo(1);
    assertThat(head("workitem:fabrikam:4?map=3").present()).isFalse();
    checked(head("workitem:fabrikam:4?map=3"));
    status("workitem:fabrikam:1?map=2", 404);
    status("workitem:fabrikam:1?map=99", 404);
    status("workitem:fabrikam:1?map=x", 400);
  }

  @Test
  void aMapCountsOnlyOnceItIsSealedItself() throws Exception {
    status("workitem:fabrikam:1", 404);
    log.append(1).seal();
    status("workitem:fabrikam:1", 404);
    log.recorder().record(log.seal(), Actor.principal("anna"));
    status("workitem:fabrikam:1", 404);
    log.seal();
    status("workitem:fabrikam:1", 200);
    status("x".repeat(1_025), 400);
  }

  @Test
  void oneIsRecordedOnDemandWhenThereIsSomethingNew() throws Exception {
    log.append(1, 2);
    var sealed = log.seal();
    assertThat(post()).as("another node seals").isEqualTo(409);
    schedule.sealed(sealed.checkpoint(), sealed.note());
    assertThat(post()).isEqualTo(201);
    log.seal();
    assertThat(post()).isEqualTo(200);
    assertThat(log.size()).isEqualTo(3);
    assertThat(log.written.reader().entry(2).orElseThrow().actor()).isEqualTo("principal:anna");
  }

  @Test
  void rowsThatDoNotLeadToTheRecordedRootGiveNoProof() throws Exception {
    log.append(1, 2, 1).seal();
    log.recorder().record(log.seal(), Actor.principal("anna"));
    log.seal();
    log.written.tamper("update eventlog.entry set sequence = 7 where index = 2");
    status("workitem:fabrikam:2", 500);
    log.written.tamper("update eventlog.entry set sequence = 1 where index = 2");
    status("workitem:fabrikam:2", 200);
  }

  @Test
  void anotherEntryThanTheOneSealedIsNotBelieved() throws Exception {
    log.append(1, 2, 1).seal();
    log.recorder().record(log.seal(), Actor.principal("anna"));
    log.seal();
    // its time of occurrence, 74 bytes in: the rest still goes together
    log.written.tamper("update eventlog.entry set entry = set_byte(entry, 81, 1) where index = 3");
    status("workitem:fabrikam:1", 500);
  }

  private RecordedHeadMap checked(HeadView view) throws Exception {
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] entry = base64.decode(view.recorded().entry());
    ProofFile.parse(view.recorded().inclusion().getBytes(StandardCharsets.UTF_8))
        .verify(entry, KeyPolicy.of(log.key()));
    RecordedHeadMap recorded = RecordedHeadMap.of(entry, base64.decode(view.recorded().payload()));
    assertThat(recorded.said().size()).isEqualTo(view.map().size());
    assertThat(recorded.root().base64()).isEqualTo(view.map().root());
    return recorded;
  }

  private HeadView head(String asked) {
    return Objects.requireNonNull(
        client
            .get()
            .uri(PREFIX + "/heads/" + asked)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(HeadView.class)
            .returnResult()
            .getResponseBody());
  }

  private void status(String asked, int status) {
    client.get().uri(PREFIX + "/heads/" + asked).exchange().expectStatus().isEqualTo(status);
  }

  private int post() {
    return Objects.requireNonNull(
            controller
                .record(ANNA)
                .map(answer -> answer.getStatusCode())
                .onErrorResume(
                    ProblemException.class,
                    problem -> Mono.just(HttpStatusCode.valueOf(problem.type().status())))
                .block())
        .value();
  }

  /** As the app module does, in short. */
  @RestControllerAdvice
  static class Problems {
    @ExceptionHandler
    ResponseEntity<Void> problem(ProblemException problem) {
      return ResponseEntity.status(problem.type().status()).build();
    }
  }
}
