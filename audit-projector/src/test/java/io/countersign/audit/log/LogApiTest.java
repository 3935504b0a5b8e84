package io.countersign.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.verify.StoredLog;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.scheduler.Schedulers;

class LogApiTest {

  private final StoredLog log = new StoredLog(5);
  private final JdbcLogReader reader = new JdbcLogReader(log.dataSource());
  private final WebTestClient client =
      WebTestClient.bindToController(new LogController(reader, Schedulers.boundedElastic()))
          .controllerAdvice(new Problems())
          .build();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void theHeadSaysSizeAndHashAndAnEmptyLogHasNone() {
    client
        .get()
        .uri("/api/v1/log/head")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.size")
        .isEqualTo(5)
        .jsonPath("$.lastIndex")
        .isEqualTo(4)
        .jsonPath("$.entryHash")
        .isEqualTo(hash(4));
    log.execute("delete from eventlog.entry");
    client
        .get()
        .uri("/api/v1/log/head")
        .exchange()
        .expectBody()
        .json("{\"size\":0,\"lastIndex\":null,\"entryHash\":null}");
  }

  @Test
  void whenEntriesWereRecordedIsToldOfThoseThatAreThere() {
    assertThat(reader.recordedAt(List.of(1L, 3L, 3L, 99L)))
        .isEqualTo(
            Map.of(
                1L, reader.entry(1).orElseThrow().recordedAt(),
                3L, reader.entry(3).orElseThrow().recordedAt()));
    assertThat(reader.recordedAt(List.of())).isEmpty();
  }

  @Test
  void entriesComeInPagesAndByAggregateAndName() {
    client
        .get()
        .uri("/api/v1/log/entries?from=1&limit=2")
        .exchange()
        .expectBody()
        .jsonPath("$.items[0].index")
        .isEqualTo(1)
        .jsonPath("$.items[1].index")
        .isEqualTo(2)
        .jsonPath("$.items.length()")
        .isEqualTo(2)
        .jsonPath("$.next")
        .isEqualTo(3);
    client
        .get()
        .uri("/api/v1/log/entries?aggregate=workitem:fabrikam:1&name=workitem.Restored")
        .exchange()
        .expectBody()
        .jsonPath("$.items[*].index")
        .value(found -> assertThat(found.toString()).isEqualTo("[2,4]"))
        .jsonPath("$.next")
        .isEmpty();
    for (String wrong : new String[] {"from=-1", "limit=0", "limit=1001"}) {
      client.get().uri("/api/v1/log/entries?" + wrong).exchange().expectStatus().isBadRequest();
    }
  }

  @Test
  void payloadsAreInThePageWhenAskedForAndEndItEarlyWhenLarge() {
    client
        .get()
        .uri("/api/v1/log/entries?payload=true&limit=2")
        .exchange()
        .expectBody()
        .jsonPath("$.items[0].payload.title.sealed")
        .isEqualTo("AAAA")
        .jsonPath("$.next")
        .isEqualTo(2);
    client
        .get()
        .uri("/api/v1/log/entries?limit=1")
        .exchange()
        .expectBody()
        .jsonPath("$.items[0].payload")
        .doesNotHaveJsonPath();
    client
        .get()
        .uri("/api/v1/log/entries?payload=true&limit=201")
        .exchange()
        .expectStatus()
        .isBadRequest();
    log.execute(
        "update eventlog.entry set payload ="
            + " convert_to('\"' || repeat('x', 3 << 20) || '\"', 'UTF8') where index in (0, 1)");
    WebTestClient patient =
        client.mutate().codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20)).build();
    patient
        .get()
        .uri("/api/v1/log/entries?payload=true")
        .exchange()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(2)
        .jsonPath("$.next")
        .isEqualTo(2);
  }

  @Test
  void anEntryShowsItsBytesWhatTheySayAndWhatIsStoredWithItsHashAsTag() {
    client
        .get()
        .uri("/api/v1/log/entries/2")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("ETag", "\"" + hash(2) + "\"")
        .expectBody()
        .jsonPath("$.stored.entryHash")
        .isEqualTo(hash(2))
        .jsonPath("$.decoded.previousHash")
        .isEqualTo(hash(1))
        .jsonPath("$.decoded.aggregatePrevious")
        .isEqualTo(0)
        .jsonPath("$.payload.title.sealed")
        .isEqualTo("AAAA");
    client
        .get()
        .uri("/api/v1/log/entries/2")
        .header("If-None-Match", "\"" + hash(2) + "\"")
        .exchange()
        .expectStatus()
        .isNotModified();
    client.get().uri("/api/v1/log/entries/5").exchange().expectStatus().isNotFound();
  }

  @Test
  void aDamagedEntryIsStillShown() {
    log.execute(
        "update eventlog.entry set entry = set_byte(entry, 0, 9), payload = '\\xff' where index = 2");
    client
        .get()
        .uri("/api/v1/log/entries/2")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.unreadable")
        .isEqualTo("unknown version at byte 0")
        .jsonPath("$.payloadBytes")
        .isEqualTo("/w==");
  }

  @Test
  void verifyingReportsDamageWithItsIndexAndGoesOnFromWhereItStopped() {
    client
        .get()
        .uri("/api/v1/log/verification?limit=2")
        .exchange()
        .expectBody()
        .json("{\"checkedFrom\":0,\"checkedTo\":1,\"entries\":2,\"verdict\":\"CLEAN\",\"next\":2}");
    log.execute("update eventlog.entry set payload = '{}' where index = 3");
    client
        .get()
        .uri("/api/v1/log/verification?from=2")
        .exchange()
        .expectBody()
        .json(
            """
            {"checkedFrom":2,"checkedTo":4,"entries":3,"verdict":"DAMAGED","next":null,
             "findings":[{"index":3,"code":"PAYLOAD_DIGEST_MISMATCH"}]}""");
    log.execute("delete from eventlog.entry where index = 1");
    client
        .get()
        .uri("/api/v1/log/verification?from=2&limit=1")
        .exchange()
        .expectBody()
        .json("{\"verdict\":\"DAMAGED\",\"findings\":[{\"index\":2,\"code\":\"INDEX_GAP\"}]}");
  }

  @Test
  void everyHandlerNeedsThePermissionToReadTheLog() {
    var handlers =
        Arrays.stream(LogController.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(GetMapping.class))
            .toList();
    assertThat(handlers)
        .hasSize(4)
        .allMatch(
            method ->
                method.getAnnotation(RequiresPermission.class).value() == Permission.READ_LOG);
  }

  private String hash(long index) {
    return HexFormat.of().formatHex(reader.entry(index).orElseThrow().entryHash());
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
