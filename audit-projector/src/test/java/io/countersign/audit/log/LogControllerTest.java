package io.countersign.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.kernel.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.scheduler.Schedulers;

class LogControllerTest {

  private WrittenLog log;
  private WebTestClient client;

  @BeforeEach
  void start() {
    log = new WrittenLog();
    client =
        WebTestClient.bindToController(new LogController(log.reader(), Schedulers.boundedElastic()))
            .controllerAdvice(new Problems())
            .build();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void theHeadOfAnEmptyLogIsNothing() {
    client
        .get()
        .uri("/api/v1/log/head")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"size\":0,\"lastIndex\":null,\"entryHash\":null,\"recordedAt\":null}");
  }

  @Test
  void theHeadIsTheLastEntry() {
    log.append(1, 0);
    log.append(1, 1);
    client
        .get()
        .uri("/api/v1/log/head")
        .exchange()
        .expectBody()
        .jsonPath("$.size")
        .isEqualTo(2)
        .jsonPath("$.lastIndex")
        .isEqualTo(1)
        .jsonPath("$.entryHash")
        .isEqualTo(HexFormat.of().formatHex(log.reader().head().orElseThrow().entryHash()));
  }

  @Test
  void entriesArePagedAndFiltered() {
    for (long sequence = 0; sequence < 3; sequence++) {
      log.append(1, sequence);
      log.append(2, sequence);
    }
    client
        .get()
        .uri("/api/v1/log/entries?limit=4")
        .exchange()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(4)
        .jsonPath("$.next")
        .isEqualTo(4);
    client
        .get()
        .uri("/api/v1/log/entries?from=4&limit=4")
        .exchange()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(2)
        .jsonPath("$.next")
        .isEmpty();
    client
        .get()
        .uri("/api/v1/log/entries?aggregate=workitem:fabrikam:2&name=workitem.GapDetected")
        .exchange()
        .expectBody()
        .jsonPath("$.items[*].index")
        .value(indexes -> assertThat(indexes).hasToString("[1,3,5]"));
  }

  @Test
  void anEntryCarriesWhatItsHashIsMadeOf() throws Exception {
    log.append(1, 0);
    log.append(1, 1);
    String hash = HexFormat.of().formatHex(log.reader().entry(1).orElseThrow().entryHash());
    client
        .get()
        .uri("/api/v1/log/entries/1")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("ETag", "\"" + hash + "\"")
        .expectBody()
        .jsonPath("$.columns.name")
        .isEqualTo("workitem.GapDetected")
        .jsonPath("$.entry.aggregatePrevious")
        .isEqualTo(0)
        .jsonPath("$.entry.previousHash")
        .isEqualTo(HexFormat.of().formatHex(log.reader().entry(0).orElseThrow().entryHash()))
        .jsonPath("$.payload")
        .isEqualTo("{\"workItem\":\"workitem:fabrikam:1\",\"from\":2,\"to\":3}")
        .jsonPath("$.entryBytes")
        .value(
            base64 ->
                assertThat(leafHash(Base64.getDecoder().decode(base64.toString())))
                    .isEqualTo(hash));
  }

  @Test
  void anEntryOneHasIsNotSentAgain() {
    log.append(1, 0);
    String hash = HexFormat.of().formatHex(log.reader().entry(0).orElseThrow().entryHash());
    client
        .get()
        .uri("/api/v1/log/entries/0")
        .header("If-None-Match", "\"" + hash + "\"")
        .exchange()
        .expectStatus()
        .isNotModified();
  }

  @Test
  void anEntryThatIsNotThereIsAProblem() {
    client.get().uri("/api/v1/log/entries/7").exchange().expectStatus().isNotFound();
  }

  @Test
  void parametersOutOfRangeAreNamed() {
    client
        .get()
        .uri("/api/v1/log/entries?limit=501")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody(String.class)
        .isEqualTo("limit: 1 to 500");
    client.get().uri("/api/v1/log/entries?from=-1").exchange().expectStatus().isBadRequest();
    client.get().uri("/api/v1/log/entries?name=").exchange().expectStatus().isBadRequest();
  }

  @Test
  void verificationTellsTheFindingWithItsIndexAndWhereToGoOn() {
    for (long sequence = 0; sequence < 4; sequence++) {
      log.append(1, sequence);
    }
    log.tamper("update eventlog.entry set payload = '\\x00' where index = 2");
    client
        .get()
        .uri("/api/v1/log/verification?limit=3")
        .exchange()
        .expectBody()
        .jsonPath("$.verdict")
        .isEqualTo("findings")
        .jsonPath("$.findings[0].index")
        .isEqualTo(2)
        .jsonPath("$.findings[0].code")
        .isEqualTo("PAYLOAD_DIGEST_MISMATCH")
        .jsonPath("$.next")
        .isEqualTo(3);
    client
        .get()
        .uri("/api/v1/log/verification?from=3")
        .exchange()
        .expectBody()
        .jsonPath("$.verdict")
        .isEqualTo("clean")
        .jsonPath("$.next")
        .isEmpty();
  }

  @Test
  void verifyingNothingIsNotCalledClean() {
    client
        .get()
        .uri("/api/v1/log/verification")
        .exchange()
        .expectBody()
        .jsonPath("$.verdict")
        .isEqualTo("nothing-to-verify");
  }

  private static String leafHash(byte[] entry) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(entry));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @RestControllerAdvice
  static class Problems {

    @ExceptionHandler
    ResponseEntity<String> problem(ProblemException problem) {
      return ResponseEntity.status(problem.type().status()).body(problem.detail());
    }
  }
}
