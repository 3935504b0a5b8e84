package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.note.NoteSigner;
import io.countersign.testkit.SignedFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditVerifyTest {

  private static final String ORIGIN = SignedFolder.ORIGIN;

  @TempDir private Path scratch;

  private final NoteSigner signer = SignedFolder.newSigner();

  private record Result(int code, String out, String err) {}

  @Test
  void aSoundLogVerifiesAndSaysWhatItIs() throws IOException {
    Path log = publish("log", 9, "a");
    Result plain = verify(log);
    assertThat(plain.code()).as(plain.err()).isEqualTo(CommandLineInterface.DONE);
    assertThat(plain.out()).contains("origin    " + ORIGIN, "entries   9", "verdict   verifies");
    Result json = verify(log, "--json");
    assertThat(ApiClient.JSON.readTree(json.out()).path("verifies").asBoolean()).isTrue();
    assertThat(ApiClient.JSON.readTree(json.out()).path("size").asLong()).isEqualTo(9);
  }

  @Test
  void aLogThatGrewFromWhatWasKeptVerifiesAndNoOtherDoes() throws IOException {
    Path kept = publish("kept", 5, "a").resolve("checkpoint");
    assertThat(verify(publish("grown", 9, "a"), "--since", kept.toString()).code())
        .isEqualTo(CommandLineInterface.DONE);
    Result forked = verify(publish("forked", 9, "b"), "--since", kept.toString());
    assertThat(forked.code()).isEqualTo(VerifyReport.ROLLED_BACK);
    assertThat(forked.out()).contains("FORKED", "DOES NOT VERIFY");
    Result back = verify(publish("back", 4, "a"), "--since", kept.toString(), "--json");
    assertThat(back.code()).isEqualTo(VerifyReport.ROLLED_BACK);
    assertThat(ApiClient.JSON.readTree(back.out()).path("problems").get(0).asString())
        .startsWith("ROLLED_BACK: 5");
  }

  @Test
  void aChangedEntryIsNamed() throws IOException {
    Path log = publish("log", 9, "a");
    Path bundle = log.resolve("tile/entries/000.p/9");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 1] ^= 1;
    Files.write(bundle, bytes);
    Result result = verify(log);
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out())
        .contains("entry 8: HASH_MISMATCH", "entry     8 TAMPERED: entry", "DOES NOT VERIFY");
    var json = ApiClient.JSON.readTree(verify(log, "--json").out());
    assertThat(json.path("outcome").asString()).isEqualTo("CHANGED");
    assertThat(json.at("/verdicts/OK").asLong()).isEqualTo(8);
    assertThat(json.at("/entries/0/first").asLong()).isEqualTo(8);
    assertThat(verify(log, "--range", "2..5").out()).contains("checked   entries 2 to 5");
  }

  @Test
  void whatWasNotLookedAtIsSaid() throws IOException {
    Result whole = verify(publish("log", 9, "a"));
    assertThat(whole.out())
        .contains("unchecked payloads", "unchecked whether the log only grew", "verifies");
    Result part = verify(scratch.resolve("log"), "--range", "3..");
    assertThat(part.code()).isEqualTo(CommandLineInterface.DONE);
    assertThat(part.out()).contains("checked   entries 3 to 8", "unchecked entries outside");
    assertThat(verify(scratch.resolve("log"), "--range", "5..3").code())
        .isEqualTo(CommandLineInterface.USAGE);
    assertThat(whole.out()).contains("unchecked who time-stamped it", "unchecked who cosigned it");
  }

  @Test
  void theLastCheckpointIsKeptWhenAllIsSoundAndOnlyWhatGrewIsRead() throws IOException {
    Path seen = scratch.resolve("seen");
    assertThat(verify(publish("one", 5, "a"), "--since-last", seen.toString()).code())
        .isEqualTo(CommandLineInterface.DONE);
    assertThat(seen).hasSameBinaryContentAs(scratch.resolve("one/checkpoint"));
    Result grown = verify(publish("two", 9, "a"), "--since-last", seen.toString());
    assertThat(grown.out()).contains("checked   entries 5 to 8");
    assertThat(seen).hasSameBinaryContentAs(scratch.resolve("two/checkpoint"));
    Result forked = verify(publish("three", 9, "b"), "--since-last", seen.toString());
    assertThat(forked.code()).isEqualTo(VerifyReport.ROLLED_BACK);
    assertThat(seen).hasSameBinaryContentAs(scratch.resolve("two/checkpoint"));
  }

  @Test
  void theSameFilesByHttpVerifyAndATokenIsSentToNobodyElse() throws Exception {
    Path log = publish("log", 9, "a");
    Path token = Files.writeString(scratch.resolve("token"), "sesame\n");
    try (var server = new FileServer(log, "Bearer sesame")) {
      Result result = run(verifying(server.address(), "--token-file", token.toString()));
      assertThat(result.code()).as(result.err()).isEqualTo(CommandLineInterface.DONE);
      assertThat(run(verifying(server.address())).err()).contains("asks for a token (401)");
      assertThat(run(verifying(server.address() + "/moved")).err()).contains("answers 302");
      byte[] leaves = Files.readAllBytes(log.resolve("tile/0/000.p/9"));
      Files.write(log.resolve("tile/0/000.p/9"), new byte[1_000_000]);
      Result large = run(verifying(server.address(), "--token-file", token.toString()));
      assertThat(large.code()).isEqualTo(CommandLineInterface.FAILED);
      assertThat(large.err()).contains("tile/0/000.p/9", "larger than it can be");
      Files.write(log.resolve("tile/0/000.p/9"), leaves);
      Files.delete(log.resolve("tile/entries/000.p/9"));
      Result lost = run(verifying(server.address(), "--token-file", token.toString()));
      assertThat(lost.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(lost.out()).contains("MISSING");
    }
  }

  private String[] verifying(String source, String... more) {
    var arguments = new ArrayList<>(List.of("audit", "verify", source, "--vkey"));
    arguments.add(signer.verifierKey().toString());
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  @Test
  void anotherKeyAndABrokenCheckpointAreFindingsNotFailures() throws IOException {
    Path log = publish("log", 3, "a");
    String other = SignedFolder.newSigner().verifierKey().toString();
    Result foreign = run("audit", "verify", log.toString(), "--vkey", other);
    assertThat(foreign.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(foreign.out()).contains("the checkpoint is refused: not signed by a key");
    Files.writeString(log.resolve("checkpoint"), "nothing\n");
    assertThat(verify(log).out()).contains("the checkpoint is refused", "line 1");
    Path kept = Files.writeString(scratch.resolve("kept"), "nothing\n");
    Result since = verify(publish("sound", 3, "a"), "--since", kept.toString());
    assertThat(since.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(since.out()).contains("the checkpoint that was kept is refused");
  }

  @Test
  void whatIsNotThereIsOneLineThatNamesIt() throws IOException {
    Path nowhere = scratch.resolve("nowhere");
    Path log = publish("log", 3, "a");
    for (Result result : List.of(verify(nowhere), verify(log, "--since", nowhere.toString()))) {
      assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
      assertThat(result.err().strip().lines()).hasSize(1);
      assertThat(result.err()).contains(nowhere.toString());
    }
    Path noPem = Files.writeString(scratch.resolve("no.pem"), "nothing\n");
    assertThat(verify(log, "--tsa-trust", noPem.toString()).err())
        .contains("there are no certificates in PEM in " + noPem);
    assertThat(verify(Files.createDirectory(scratch.resolve("empty"))).err())
        .contains("there is no checkpoint");
  }

  private Result verify(Path log, String... more) {
    return run(verifying(log.toString(), more));
  }

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Path publish(String name, int size, String actor) throws IOException {
    return new SignedFolder(scratch.resolve(name), signer).growAs(actor, size).folder();
  }
}
