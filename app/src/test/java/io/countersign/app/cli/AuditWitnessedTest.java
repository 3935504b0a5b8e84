package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.testkit.SignedFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code audit verify --witness-policy}: an auditor's own policy decides who has to have cosigned.
 */
final class AuditWitnessedTest {

  @TempDir private Path scratch;

  private final NoteSigner ann = witness("ann");
  private final NoteSigner bob = witness("bob");
  private final NoteSigner eve = witness("eve");
  private SignedFolder log;
  private Path policy;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void twoOfTwo() throws IOException {
    log = new SignedFolder(scratch.resolve("log")).grow(300);
    policy = policy(log, "quorum both");
  }

  private Path policy(SignedFolder of, String quorum) throws IOException {
    return Files.writeString(
        scratch.resolve("witnesses.policy"),
        """
        log %s
        witness ann %s
        witness bob %s
        group both all ann bob
        %s
        """
            .formatted(of.key(), ann.verifierKey(), bob.verifierKey(), quorum));
  }

  @Test
  void enoughCosignaturesSatisfyThePolicyAndStrangersDoNotCount() throws Exception {
    log.cosign(ann, eve);
    Result few = verify();
    assertThat(few.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(few.out())
        .contains(
            "QUORUM_NOT_REACHED: the policy demands 2 of (ann, bob): cosigned by ann, not by bob")
        .contains("DOES NOT VERIFY");
    log.cosign(ann, bob);
    Result enough = verify();
    assertThat(enough.code()).as(enough.out() + enough.err()).isZero();
    assertThat(enough.out())
        .contains("witnessed: ann, bob, as the policy demands, cosigned all 300 entries")
        .doesNotContain("unchecked who cosigned it");
  }

  @Test
  void aPolicyThatDemandsNobodyIsSatisfied() throws Exception {
    policy(log, "quorum none");
    assertThat(verify().out()).contains("witnessed: nobody, as the policy demands");
  }

  @Test
  void theNewestCheckpointThatWasAnchoredCountsForAsManyEntries() throws Exception {
    log.anchor("auditors", ann, bob).grow(310);
    Result older = verify();
    assertThat(older.code()).as(older.out()).isZero();
    assertThat(older.out())
        .contains("cosigned the first 300 entries")
        .contains("unchecked whether witnesses saw the newest 10 entries");
    // truly cosigned, and yet of another history
    Path anchor = log.folder().resolve("anchors/300-auditors.checkpoint");
    var other = new SignedFolder(scratch.resolve("other"), log.signer()).growAs("eve", 300);
    Files.copy(
        other.anchor("auditors", ann, bob).folder().resolve("anchors/300-auditors.checkpoint"),
        anchor,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Result forked = verify();
    assertThat(forked.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(forked.out())
        .contains("FORKED: the log did not grow from what was anchored", "QUORUM_NOT_REACHED");
  }

  @Test
  void aChangedCosignatureAndAPolicyOfAnotherLogAreFindings() throws Exception {
    log.cosign(ann, bob);
    Path checkpoint = log.folder().resolve("checkpoint");
    String cosigned = Files.readString(checkpoint);
    List<String> lines = cosigned.lines().toList();
    String last = lines.getLast();
    char changed = last.charAt(last.length() - 10) == 'A' ? 'B' : 'A';
    Files.writeString(
        checkpoint,
        cosigned.replace(
            last,
            last.substring(0, last.length() - 10) + changed + last.substring(last.length() - 9)));
    Result forged = verify();
    assertThat(forged.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(forged.out()).contains("POLICY_REFUSED: the policy refuses a checkpoint: ");
    Files.writeString(checkpoint, cosigned);
    policy(new SignedFolder(scratch.resolve("stranger")), "quorum both");
    assertThat(verify().out()).contains("POLICY_REFUSED");
  }

  @Test
  void byHttpTheCheckpointAloneIsJudged() throws Exception {
    log.anchor("auditors", ann, bob).cosign(ann);
    var token = Files.writeString(scratch.resolve("token"), "sesame\n").toString();
    try (var server = new FileServer(log.folder(), "Bearer sesame")) {
      String[] asked = {"--token-file", token, "--witness-policy", policy.toString()};
      Result few = verify(server.address(), asked);
      assertThat(few.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(few.out()).contains("cosigned by ann, not by bob");
      log.cosign(ann, bob);
      assertThat(verify(server.address(), asked).code()).isZero();
    }
  }

  @Test
  void whatIsNoPolicyIsSaidInOneLineWithTheLine() throws Exception {
    Files.writeString(policy, "quorum nobody\n");
    Result refused = verify();
    assertThat(refused.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(refused.err()).contains("is no trust policy", "line 1").hasLineCount(1);
  }

  private Result verify() {
    return verify(log.folder().toString(), "--witness-policy", policy.toString());
  }

  private Result verify(String source, String... more) {
    var arguments = new ArrayList<>(List.of("audit", "verify", source));
    arguments.addAll(List.of("--vkey", log.key().toString()));
    arguments.addAll(List.of(more));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(new String[0]));
    return new Result(code, out.toString(), err.toString());
  }

  private static NoteSigner witness(String name) {
    return SignedFolder.newSigner("witness.example/" + name, SignatureType.COSIGNATURE_ED25519);
  }
}
