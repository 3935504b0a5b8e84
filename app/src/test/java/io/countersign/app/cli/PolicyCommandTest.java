package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Policies on the command line. */
final class PolicyCommandTest {

  @TempDir private Path folder;

  @Test
  void soundPoliciesAreNamedWithTheirHash() {
    CommandResult result =
        CommandResult.of("policy", "validate", "basic", "agile", "scrum", "cmmi");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines()).hasSize(4).allMatch(l -> l.matches(".*sha256 [0-9a-f]{64}"));
  }

  @Test
  void everyFaultOfEveryFileIsPrintedWithItsPlace() throws IOException {
    Path one = file("one.yaml", agile().replace("from: Removed, to: New", "from: Removed, to: Nw"));
    Path two =
        file(
            "two.yaml",
            agile()
                .replace("met: item.assigned == true", "met: item.asigned == true")
                .replace("secondPerson: true", "secondPerson: maybe"));
    CommandResult result = CommandResult.of("policy", "validate", one.toString(), two.toString());
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out())
        .containsPattern("one\\.yaml:\\d+:\\d+: /transitions/\\d+/to: unknown state 'Nw'")
        .containsPattern("two\\.yaml:\\d+:\\d+: /overrides/secondPerson: true or false");
    JsonNode json =
        ApiClient.JSON.readTree(
            CommandResult.of("policy", "validate", "--json", one.toString()).out());
    assertThat(json.get(0).path("faults").get(0).path("line").asInt()).isPositive();
  }

  @Test
  void aMissingFileIsAFailureAndNoFileAUsageError() {
    assertThat(CommandResult.of("policy", "validate", "nowhere.yaml").code())
        .isEqualTo(CommandLineInterface.FAILED);
    assertThat(CommandResult.of("policy", "validate").code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(CommandResult.of("policy").code()).isEqualTo(CommandLineInterface.USAGE);
  }

  @Test
  void aPolicyIsShownAsTheReferenceShowsIt() {
    assertThat(CommandResult.of("policy", "show", "cmmi").out())
        .contains("stateDiagram-v2", "`team_lead_approval`", "`requirement_specification`");
  }

  @Test
  void whatAnotherPolicyChangesIsToldInWords() throws IOException {
    Path ours = file("ours.yaml", agile().replace("secondPerson: true", "secondPerson: false"));
    CommandResult result = CommandResult.of("policy", "diff", "agile", ours.toString());
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out().strip())
        .isEqualTo("looser    overrides: an override needs a second person: no more");
    assertThat(CommandResult.of("policy", "diff", "agile", "agile").code()).isZero();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String agile() {
    return new String(
        io.countersign.rules.policy.BuiltInPolicies.file(
            io.countersign.kernel.project.Process.AGILE),
        StandardCharsets.UTF_8);
  }
}
