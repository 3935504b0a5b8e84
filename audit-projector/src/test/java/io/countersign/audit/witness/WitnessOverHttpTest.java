package io.countersign.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.witness.WitnessAnswerException.Reason;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.witness.AddCheckpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client and server of C2SP tlog-witness, each against the other and against nonsense. */
class WitnessOverHttpTest {

  private static final NoteSigner SIGNER =
      SampleLog.signer("witness.example/w", SignatureType.COSIGNATURE_ED25519);

  @TempDir private Path folder;

  private final SampleLog log = new SampleLog("example.com/log");
  private final BoundedHttp http = new BoundedHttp(Duration.ofSeconds(20), 100_000);
  private final HttpClient plain = HttpClient.newHttpClient();
  private final List<String> journal = new CopyOnWriteArrayList<>();
  private WitnessServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        WitnessServer.start(
            new Witness(new DurableFolder(folder), SIGNER, List.of(log.key())),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            journal::add);
  }

  @AfterEach
  void close() {
    server.close();
    http.close();
    plain.close();
  }

  @Test
  void theServerAnswersAsTheSpecificationSays() throws Exception {
    answers(send(log.request(0, 5)), 200, "\u2014 witness.example/w ");
    HttpResponse<String> conflict = send(log.request(0, 9));
    answers(conflict, 409, "5\n");
    assertThat(conflict.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
    assertThat(conflict.body()).isEqualTo("5\n");
    answers(send(log.request(5, 9)), 200, "\u2014 witness.example/w ");
    answers(send(new AddCheckpoint(9, List.of(), signed(log.forked(9)))), 409, "9\n");
    answers(send(new AddCheckpoint(9, List.of(), signed(log.checkpoint(12)))), 422, "grow");
    answers(send(new AddCheckpoint(13, List.of(), signed(log.checkpoint(12)))), 400, "larger");
    answers(send(new SampleLog("example.com/log").request(9, 12)), 403, "signature");
    answers(send(new SampleLog("example.com/other").request(0, 3)), 404, "does not know");
    assertThat(journal).hasSize(5).allMatch(line -> line.startsWith("refused: "));
  }

  @Test
  void whatIsNoRequestIsRefused() throws Exception {
    assertThat(send("POST", "/add-checkpoint", "nonsense").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/add-checkpoint", "").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/add-checkpoint", "x".repeat(WitnessServer.MAX_BODY + 1)).statusCode())
        .isEqualTo(413);
    assertThat(send("GET", "/add-checkpoint", "").statusCode()).isEqualTo(405);
    assertThat(send("POST", "/add-checkpoint/", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/../witness.key", "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatWasCosignedLastIsShown() throws Exception {
    String hash =
        HexFormat.of()
            .formatHex(Sha256.digest().digest("example.com/log".getBytes(StandardCharsets.UTF_8)));
    assertThat(send("GET", "/" + hash + "/checkpoint", "").statusCode()).isEqualTo(404);
    send(log.request(0, 5));
    SignedNote note =
        SignedNote.parse(
            send("GET", "/" + hash + "/checkpoint", "").body().getBytes(StandardCharsets.UTF_8));
    assertThat(Checkpoint.parse(note.text())).isEqualTo(log.checkpoint(5));
    assertThat(note.signatures()).hasSize(2);
  }

  @Test
  void theClientLearnsWhatWasCosignedAndGoesOnFromThere() throws Exception {
    assertThat(cosign(client(), 5)).isTrue();
    WitnessClient client = client();
    assertThat(cosign(client, 9)).isTrue();
    assertThat(cosign(client, 700)).isTrue();
    assertThat(cosign(client, 700)).isTrue();
  }

  @Test
  void theClientNamesARollbackAndAFork() throws Exception {
    cosign(client(), 9);
    refused(client(), log.checkpoint(7), Reason.LARGER_LOG);
    refused(client(), log.forked(9), Reason.OTHER_ROOT);
    refused(client(), log.forked(12), Reason.NOT_CONSISTENT);
    refused(client(), new SampleLog("example.com/other").checkpoint(3), Reason.UNKNOWN_LOG);
    assertThat(cosign(client(), 12)).isTrue();
  }

  @Test
  void aWitnessThatCannotKeepWhatItCosignsCosignsNothing() throws Exception {
    send(log.request(0, 5));
    Path memory = Files.list(folder).filter(Files::isRegularFile).findFirst().orElseThrow();
    Files.writeString(memory, "damaged");
    answers(send(log.request(5, 9)), 500, "cannot keep");
    assertThat(journal).singleElement().asString().contains("is damaged");
    refused(client(), log.checkpoint(9), Reason.BAD_ANSWER);
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/plain, '', BAD_COSIGNATURE",
    "200, text/plain, nonsense, BAD_COSIGNATURE",
    "200, text/plain, STRANGER, BAD_COSIGNATURE",
    "200, text/plain, OTHER, BAD_COSIGNATURE",
    "409, text/plain, '5\n', BAD_ANSWER",
    "409, text/x.tlog.size, '', BAD_ANSWER",
    "409, text/x.tlog.size, '05\n', BAD_ANSWER",
    "409, text/x.tlog.size, '-1\n', BAD_ANSWER",
    "409, text/x.tlog.size, '0\n', BAD_ANSWER",
    "302, text/plain, '', BAD_ANSWER",
    "503, text/plain, '', BAD_ANSWER"
  })
  void whatIsNoCosignatureDoesNotCount(int status, String type, String body, Reason reason)
      throws Exception {
    NoteSigner stranger = SampleLog.signer("witness.example/w", SignatureType.COSIGNATURE_ED25519);
    String text =
        switch (body) {
          case "STRANGER" -> stranger.sign(log.checkpoint(9)).line();
          case "OTHER" -> SIGNER.sign(log.checkpoint(8)).line();
          default -> body;
        };
    HttpServer hostile =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hostile.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    hostile.start();
    try {
      refused(client(hostile.getAddress().getPort()), log.checkpoint(9), reason);
    } finally {
      hostile.stop(0);
    }
  }

  private boolean cosign(WitnessClient client, long size) throws Exception {
    Checkpoint checkpoint = log.checkpoint(size);
    return SIGNER.verifierKey().isNamedBy(client.cosign(checkpoint, signed(checkpoint), log::path));
  }

  private void refused(WitnessClient client, Checkpoint checkpoint, Reason reason) {
    assertThatThrownBy(() -> client.cosign(checkpoint, sign(checkpoint), log::forkedPath))
        .isInstanceOfSatisfying(
            WitnessAnswerException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private SignedNote sign(Checkpoint checkpoint) {
    return checkpoint.origin().equals("example.com/log")
        ? signed(checkpoint)
        : new SampleLog(checkpoint.origin()).signed(checkpoint);
  }

  private SignedNote signed(Checkpoint checkpoint) {
    return log.signed(checkpoint);
  }

  private WitnessClient client() {
    return client(server.port());
  }

  private WitnessClient client(int port) {
    return new WitnessClient(
        SIGNER.verifierKey(), URI.create("http://127.0.0.1:%d/".formatted(port)), http);
  }

  private HttpResponse<String> send(AddCheckpoint request) throws Exception {
    return send("POST", "/add-checkpoint", new String(request.bytes(), StandardCharsets.UTF_8));
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    URI address = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    return plain.send(
        HttpRequest.newBuilder(address).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static void answers(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words).endsWith("\n");
  }
}
