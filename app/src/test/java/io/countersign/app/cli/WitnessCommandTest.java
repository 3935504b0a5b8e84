package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.witness.AddCheckpoint;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WitnessCommandTest {

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private Result run(String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(
            new PrintWriter(out, true), new PrintWriter(err, true), command(options));
    return new Result(code, out.toString(), err.toString());
  }

  private String[] command(String... options) {
    var all = new String[options.length + 3];
    all[0] = "witness";
    all[1] = "--folder";
    all[2] = folder.toString();
    System.arraycopy(options, 0, all, 3, options.length);
    return all;
  }

  @Test
  void itsKeyIsMadeAtTheFirstStartAndShownFromThenOn() throws Exception {
    Result made = run("--name", "witness.example/ann", "--show-key");
    assertThat(made.code()).isZero();
    VerifierKey key = VerifierKey.parse(made.out().strip());
    assertThat(key.name()).isEqualTo("witness.example/ann");
    assertThat(key.type()).isEqualTo(SignatureType.COSIGNATURE_ED25519);
    assertThat(run("--show-key").out()).isEqualTo(made.out());
    Result renamed = run("--name", "witness.example/bob", "--show-key");
    assertThat(renamed.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(renamed.err()).contains("keeps it").hasLineCount(1);
  }

  @Test
  void whatItCannotRunWithIsSaidInALine() throws Exception {
    String key = run("--name", "witness.example/ann", "--show-key").out().strip();
    Path nonsense = Files.writeString(folder.resolve("nonsense"), "# a comment\nnonsense\n");
    for (String[] wrong :
        new String[][] {
          {},
          {"--log", "nonsense"},
          {"--log", nonsense.toString()},
          {"--log", key},
          {"--log", log("example.com/log").verifierKey().toString(), "--listen", "here"}
        }) {
      Result result = run(wrong);
      assertThat(result.code()).as(String.join(" ", wrong)).isEqualTo(CommandLineInterface.USAGE);
      assertThat(result.err()).hasLineCount(1);
    }
  }

  @Test
  void itCosignsWhatALogOfItsListAsks() throws Exception {
    NoteSigner log = log("example.com/log");
    Path list = Files.writeString(folder.resolve("logs"), "# ours\n" + log.verifierKey() + "\n");
    var said = new PipedReader();
    var out = new PrintWriter(new PipedWriter(said), true);
    var lines = new BufferedReader(said);
    var options =
        command(
            "--name", "witness.example/ann", "--log", list.toString(), "--listen", "127.0.0.1:0");
    Thread running =
        Thread.ofPlatform()
            .daemon()
            .start(() -> CommandLineInterface.run(out, new PrintWriter(out), options));
    VerifierKey key = VerifierKey.parse(lines.readLine().replace("vkey ", "").strip());
    String address = lines.readLine().replace("address ", "").strip();

    assertThat(run("--show-key").err()).contains("another witness uses the folder");
    var checkpoint = new Checkpoint("example.com/log", 5, TreeHash.EMPTY);
    var note = new SignedNote(checkpoint.text(), List.of(log.sign(checkpoint)));
    HttpResponse<String> answer = add(address, new AddCheckpoint(0, List.of(), note));
    assertThat(answer.statusCode()).isEqualTo(200);
    byte[] cosigned = (note + answer.body()).getBytes(StandardCharsets.UTF_8);
    assertThat(new NoteVerifier(List.of(key)).verify(SignedNote.parse(cosigned))).hasSize(1);

    var stranger = log("example.com/other");
    var other = new Checkpoint("example.com/other", 5, TreeHash.EMPTY);
    var strange = new SignedNote(other.text(), List.of(stranger.sign(other)));
    assertThat(add(address, new AddCheckpoint(0, List.of(), strange)).statusCode()).isEqualTo(404);
    assertThat(lines.readLine()).contains(" refused: a log that this witness does not know");
    running.interrupt();
    running.join();
  }

  private static HttpResponse<String> add(String address, AddCheckpoint request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(address + "/add-checkpoint"))
              .POST(BodyPublishers.ofByteArray(request.bytes()))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static NoteSigner log(String origin) throws Exception {
    return new NoteSigner(
        origin,
        SignatureType.ED25519,
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
        InstantSource.system());
  }
}
