package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.tile.ProofFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A certificate comes with a true proof of a sealed log, from a server that may tell untruths. */
final class PrivacyCertificateTest {

  private static final String ID = "0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10";
  private static final String OTHER_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  @TempDir private Path scratch;
  private final TestServer server = TestServer.shared();
  private String proof = "";

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void aServerWithOneCertificate() throws Exception {
    proof = sealed("/proofs/0.tlog-proof?wait=10");
    put("log/proofs/0.tlog-proof", proof);
    put("log/published/keys", sealed("/published/keys"));
    certified(0, hash());
  }

  @Test
  void theCertificateIsPrintedWithTheProofOfItsEntry() throws Exception {
    Result printed = run();
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(printed.err()).contains("checked with the keys this server publishes");
    JsonNode certificate = ApiClient.JSON.readTree(printed.out());
    assertThat(certificate.path("inclusionProof").asString()).isEqualTo(proof);
    assertThat(certificate.path("checkpointSize").asLong()).isPositive();
    Path file = scratch.resolve("certificate.json");
    Result written = run("--vkey", vkey(), "--out", file.toString());
    assertThat(written.err()).isEmpty();
    assertThat(ApiClient.JSON.readTree(Files.readString(file))).isEqualTo(certificate);
  }

  @Test
  void withoutTheRoleAuditItIsPrintedWithoutAProofAndSaysSo() throws Exception {
    Files.delete(scratch.resolve("api/v1/log/proofs/0.tlog-proof"));
    Result printed = run();
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(printed.err()).contains("without an inclusion proof", "no role audit");
    assertThat(ApiClient.JSON.readTree(printed.out()).has("inclusionProof")).isFalse();
    assertThat(printed.out()).contains("recordedAs");
  }

  @Test
  void theProofOfAnotherEntryOrUnderAnotherKeyIsRefused() throws Exception {
    refused(run("--vkey", OTHER_KEY), "not signed by a key");
    certified(0, "00".repeat(32));
    refused(run(), "entry 0 of the log has another hash than recordedAs");
    certified(1, hash());
    put("log/proofs/1.tlog-proof", proof);
    refused(run(), "the server proves entry 0 instead");
  }

  private static void refused(Result result, String why) {
    assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(result.err()).contains("is refused, nothing is printed", why);
    assertThat(result.out()).isEmpty();
  }

  private void certified(long index, String hash) throws IOException {
    put(
        "privacy/erasures/%s/certificate".formatted(ID),
        "{\"erasure\":\"%s\",\"recordedAs\":{\"index\":%d,\"hash\":\"%s\"}}"
            .formatted(ID, index, hash));
  }

  private String hash() throws Exception {
    byte[] entry = ProofFile.parse(proof.getBytes(StandardCharsets.UTF_8)).extra();
    return EntryHash.of(Objects.requireNonNull(entry)).hex();
  }

  private String vkey() {
    return sealed("/published/vkey").strip();
  }

  private String sealed(String path) {
    var answer = server.send("GET", "/api/v1/log" + path, server.operatorToken(), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void put(String path, String text) throws IOException {
    Path file = scratch.resolve("api/v1").resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private Result run(String... more) throws IOException {
    Path token = Files.writeString(scratch.resolve("token"), "sesame\n");
    var out = new StringWriter();
    var err = new StringWriter();
    try (var files = new FileServer(scratch, "Bearer sesame")) {
      var all = new ArrayList<>(List.of("privacy", "certificate", ID, "--url", files.address()));
      all.addAll(List.of("--token-file", token.toString()));
      all.addAll(List.of(more));
      int code =
          CommandLineInterface.run(
              new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
      return new Result(code, out.toString(), err.toString());
    }
  }
}
