package io.countersign.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.audit.AuditEvent.CheckpointAnchored;
import io.countersign.kernel.problem.ProblemException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.scheduler.Schedulers;

class AnchorControllerTest {

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void anchorsAreListedWithWhatTheLogSaysOfThem() {
    log.entries().append(anchored("paper", 3), AuditEntries.AUTOMATION);
    log.entries().append(anchored("paper", 9), AuditEntries.AUTOMATION);
    log.entries().append(anchored("other", 12), AuditEntries.AUTOMATION);
    client()
        .get()
        .uri("/api/v1/log/anchors")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json(
            """
            {"items":[
              {"name":"paper","kind":"file","interval":600,"here":false,"size":9,"failures":0},
              {"name":"new","kind":"file","interval":600,"here":false,"failures":0,"lacking":[]}]}""")
        .jsonPath("$.items[0].anchoredAt")
        .isNotEmpty();
  }

  @Test
  void evidenceIsServedAsItLiesThere() throws Exception {
    new DurableFolder(folder.resolve("anchors")).put("9-tsa.tsr", new byte[] {1, 2});
    client()
        .get()
        .uri("/api/v1/log/published/anchors/9-tsa.tsr")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(byte[].class)
        .value(bytes -> assertThat(bytes).containsExactly(1, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9-tsa.tsr", "9-tsa.draft", "%2e%2e%2flog.key", "09-tsa.tsr", "x"})
  void whatIsNoEvidenceIsNotFound(String file) throws Exception {
    new DurableFolder(folder).put("log.key", new byte[] {1});
    client()
        .get()
        .uri(URI.create("/api/v1/log/published/anchors/" + file))
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  void everyHandlerNeedsThePermissionToReadTheLog() {
    assertThat(
            Arrays.stream(AnchorController.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(GetMapping.class)))
        .hasSize(2)
        .allMatch(
            method ->
                method.getAnnotation(RequiresPermission.class).value() == Permission.READ_LOG);
  }

  private WebTestClient client() {
    var entries = new AnchoredEntries(log.entries(), log.dataSource());
    var evidence = new DurableFolder(folder.resolve("anchors"));
    var runners =
        List.of("paper", "new").stream()
            .map(
                name ->
                    new AnchorRunner(
                        new FileAnchor(name, folder.resolve(name), InstantSource.system()),
                        Duration.ofMinutes(10),
                        entries,
                        new PublishedLog(folder),
                        evidence,
                        new AnchorAlarm(entries, 3),
                        InstantSource.system()))
            .toList();
    return WebTestClient.bindToController(
            new AnchorController(
                new Anchoring(runners), entries, evidence, Schedulers.boundedElastic()))
        .controllerAdvice(new Problems())
        .build();
  }

  private static CheckpointAnchored anchored(String anchor, long size) {
    return new CheckpointAnchored("example.com/log", "file", anchor, size, "AA==", "AA==");
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
