package io.countersign.sandbox.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Microsoft's own client for Node works with the sandbox. Run with {@code -Pforeign}, where node,
 * npm and a registry are; skipped elsewhere.
 */
class MicrosoftClientTest {

  private static final int MINUTES = 4;

  @TempDir private Path folder;

  @Test
  void clientOfMicrosoftWorksWithTheSandbox() throws Exception {
    assumeTrue(Boolean.getBoolean("foreign"), "only with -Pforeign");
    assumeTrue(succeeds("node", "--version"), "node is not here");
    assumeTrue(
        succeeds("npm", "install", "--silent", "--no-audit", "azure-devops-node-api@17.0.1"),
        "npm is not here, or no registry is reached");
    try (var script = MicrosoftClientTest.class.getResourceAsStream("/microsoft-client.js")) {
      Files.copy(script, folder.resolve("test.js"), StandardCopyOption.REPLACE_EXISTING);
    }
    try (var sandbox = AzureDevOpsSandbox.start(SandboxSettings.defaults().fasterBy(10))) {
      String url = sandbox.organizationUrl().toString().replaceAll("/$", "");
      boolean passed = succeeds("node", "test.js", url, sandbox.settings().pat());
      assertThat(passed).as(output()).isTrue();
      assertThat(sandbox.control().items())
          .singleElement()
          .satisfies(
              item -> {
                assertThat(item.state()).isEqualTo("Active");
                assertThat(item.comments()).isEqualTo(1);
              });
      assertThat(sandbox.control().projectId("Tailwind")).isNotNull();
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  private boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.txt").toFile())
              .start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
