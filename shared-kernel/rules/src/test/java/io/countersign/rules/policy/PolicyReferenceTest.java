package io.countersign.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/reference/policies.md against the policies. To write it anew: {@code ./mvnw -pl
 * shared-kernel/rules -am test -Dtest=PolicyReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dcountersign.writeDocs=true}.
 */
class PolicyReferenceTest {

  @Test
  void thePolicyReferenceSaysWhatThePoliciesSay() throws IOException {
    Path file = repository().resolve("docs/reference/policies.md");
    String expected = reference();
    if (Boolean.getBoolean("countersign.writeDocs")) {
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as("stale: see this test's description for how to write it anew")
        .hasContent(expected);
  }

  private static String reference() {
    var text =
        new StringBuilder(
            """
            # Transition policies

            Made from the policies that come with the program by `PolicyReferenceTest`: change the policies, not this
            page. `countersign policy show` prints the same of any policy. How to write one: [policy format](../policy-format.md).

            """);
    for (Process process : Process.values()) {
      text.append(PolicyPage.of(BuiltInPolicies.of(process))).append('\n');
    }
    return text.toString();
  }

  private static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("mvnw"))) {
      here = here.getParent();
    }
    return here;
  }
}
