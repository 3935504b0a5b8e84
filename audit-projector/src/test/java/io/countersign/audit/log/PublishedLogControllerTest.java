package io.countersign.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.TilePath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.scheduler.Schedulers;

class PublishedLogControllerTest {

  private static final String PREFIX = "/api/v1/log/published/";

  @TempDir private Path folder;

  @Test
  void filesAreServedAsTheyLieThereAndTilesForEver() throws Exception {
    var published = new PublishedLog(folder);
    var note =
        new SignedNote(
            new Checkpoint("example.com/log", 2, TreeHash.EMPTY).text(),
            List.of(new NoteSignature("example.com/log", 1, new byte[] {1})));
    published.write(new TilePath(0, 1234, 2), new byte[64]);
    published.write("vkey", "example.com/log+00000001+AQ==\n");
    published.write("keys", "example.com/log+00000001+AQ== 1 -\n");
    published.publish(note);
    client()
        .get()
        .uri(PREFIX + "checkpoint")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Cache-Control", "no-cache")
        .expectHeader()
        .valueEquals("Content-Type", "text/plain;charset=utf-8")
        .expectBody(byte[].class)
        .value(bytes -> assertThat(bytes).isEqualTo(note.bytes()));
    client()
        .get()
        .uri(PREFIX + "tile/0/x001/234.p/2")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Cache-Control", "max-age=31536000, immutable")
        .expectBody(byte[].class)
        .value(bytes -> assertThat(bytes).hasSize(64));
    client().get().uri(PREFIX + "vkey").exchange().expectStatus().isOk();
    client().get().uri(PREFIX + "keys").exchange().expectStatus().isOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoint",
        "vkey",
        "tile/0/000",
        "tile/0/0",
        "tile/0/%2e%2e/%2e%2e/log.key",
        "tile/0/../../log.key",
        "tile/x"
      })
  void whatIsNotThereOrNoTileIsNotFound(String path) {
    client().get().uri(java.net.URI.create(PREFIX + path)).exchange().expectStatus().isNotFound();
  }

  private WebTestClient client() {
    return WebTestClient.bindToController(
            new PublishedLogController(new PublishedLog(folder), Schedulers.boundedElastic()))
        .controllerAdvice(new LogApiTest.Problems())
        .build();
  }
}
