package io.countersign.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.InclusionProof;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.ProofFile;
import io.countersign.testkit.SignedFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.scheduler.Schedulers;

class ProofControllerTest {

  private static final String PREFIX = "/api/v1/log";

  @TempDir private Path folder;

  private SignedFolder log;
  private WebTestClient client;

  @BeforeEach
  void publish() {
    log = new SignedFolder(folder);
    client =
        WebTestClient.bindToController(
                new ProofController(
                    new PublishedLog(log.folder()),
                    Schedulers.fromExecutor(Thread::startVirtualThread)))
            .controllerAdvice(new LogApiTest.Problems())
            .build();
  }

  @Test
  void anInclusionProofLeadsFromTheEntryToTheSignedRoot() throws Exception {
    log.grow(300);
    InclusionView view = inclusion("index=17");
    assertThat(view.size()).isEqualTo(300);
    assertThat(view.entryHash()).isEqualTo(EntryHash.of(log.entry(17)).hex());
    assertThat(view.root()).isEqualTo(log.root(300).base64());
    verify(view);
    byte[] note = Objects.requireNonNull(view.checkpoint()).getBytes(StandardCharsets.UTF_8);
    var signed = KeyPolicy.of(log.key()).checkpoint(SignedNote.parse(note));
    assertThat(signed.root()).isEqualTo(log.root(300));
  }

  @Test
  void anOlderSizeIsProvenWithoutACheckpoint() throws Exception {
    log.grow(300);
    InclusionView view = inclusion("index=17&size=99");
    assertThat(view.root()).isEqualTo(log.root(99).base64());
    assertThat(view.checkpoint()).isNull();
    verify(view);
  }

  @Test
  void aProofFileIsTextThatVerifies() throws Exception {
    log.grow(300);
    byte[] file =
        client
            .get()
            .uri(PREFIX + "/proofs/256.tlog-proof")
            .exchange()
            .expectStatus()
            .isOk()
            .expectHeader()
            .valueEquals("Content-Type", "text/plain;charset=utf-8")
            .expectBody(byte[].class)
            .returnResult()
            .getResponseBody();
    ProofFile.parse(Objects.requireNonNull(file)).verify(log.entry(256), KeyPolicy.of(log.key()));
  }

  @Test
  void aConsistencyProofLeadsFromTheOlderRootToTheNewer() throws Exception {
    log.grow(300);
    for (String query : List.of("from=99", "from=99&to=257", "from=300", "from=1&to=1")) {
      ConsistencyView view =
          Objects.requireNonNull(
              client
                  .get()
                  .uri(PREFIX + "/proofs/consistency?" + query)
                  .exchange()
                  .expectStatus()
                  .isOk()
                  .expectBody(ConsistencyView.class)
                  .returnResult()
                  .getResponseBody());
      assertThat(view.fromRoot()).isEqualTo(log.root(view.from()).base64());
      new ConsistencyProof(view.from(), view.to(), path(view.path()))
          .verify(log.root(view.from()), log.root(view.to()));
    }
  }

  @Test
  void theNewestCheckpointIsGivenAsItWasSigned() throws Exception {
    client.get().uri(PREFIX + "/checkpoints/latest").exchange().expectStatus().isNotFound();
    log.grow(5);
    client
        .get()
        .uri(PREFIX + "/checkpoints/latest")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Cache-Control", "no-cache")
        .expectBody()
        .jsonPath("$.size")
        .isEqualTo(5)
        .jsonPath("$.note")
        .isEqualTo(Files.readString(folder.resolve("checkpoint")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inclusion?index=5",
        "inclusion?index=2&size=6",
        "consistency?from=6",
        "consistency?from=2&to=6",
        "5.tlog-proof"
      })
  void whatIsNotSealedIsNotProven(String asked) throws Exception {
    log.grow(5);
    client.get().uri(PREFIX + "/proofs/" + asked).exchange().expectStatus().isNotFound();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inclusion",
        "inclusion?index=-1",
        "inclusion?index=x",
        "inclusion?index=3&size=3",
        "inclusion?index=3&wait=11",
        "inclusion?index=3&wait=-1",
        "inclusion?index=9223372036854775807",
        "consistency?from=0",
        "consistency?from=3&to=2",
        "-1.tlog-proof",
        "9223372036854775807.tlog-proof",
        "1.tlog-proof?wait=60",
        "x.tlog-proof"
      })
  void whatMakesNoSenseIsRefused(String asked) throws Exception {
    log.grow(5);
    client.get().uri(PREFIX + "/proofs/" + asked).exchange().expectStatus().isBadRequest();
  }

  @Test
  void anEntryThatIsNotSealedYetIsWaitedFor() throws Exception {
    log.grow(5);
    CompletableFuture<InclusionView> waiting =
        CompletableFuture.supplyAsync(() -> inclusion("index=6&wait=10"));
    log.grow(6);
    log.grow(7);
    assertThat(waiting.get().index()).isEqualTo(6);
  }

  @Test
  void damagedTilesGiveNoProof() throws Exception {
    log.grow(5);
    Files.write(folder.resolve("tile/0/000.p/5"), new byte[160]);
    client.get().uri(PREFIX + "/proofs/inclusion?index=1").exchange().expectStatus().isEqualTo(500);
  }

  private InclusionView inclusion(String query) {
    return Objects.requireNonNull(
        client
            .get()
            .uri(PREFIX + "/proofs/inclusion?" + query)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(InclusionView.class)
            .returnResult()
            .getResponseBody());
  }

  private static void verify(InclusionView view) throws Exception {
    new InclusionProof(view.index(), view.size(), path(view.path()))
        .verify(
            TreeHash.fromBytes(HexFormat.of().parseHex(view.entryHash())),
            TreeHash.fromBase64(view.root()));
  }

  private static List<TreeHash> path(List<String> path) {
    return path.stream().map(TreeHash::fromBase64).toList();
  }
}
