package io.countersign.command.sync;

import io.countersign.command.azuredevops.client.AzureDevOpsSettings;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How our side calls the sandbox's Azure DevOps: once, and impatiently. */
final class Client {

  private Client() {}

  /**
   * Settings.
   *
   * @param directory where its token is kept
   */
  static AzureDevOpsSettings of(AzureDevOpsSandbox sandbox, Path directory) {
    try {
      Path pat = Files.writeString(directory.resolve("pat"), sandbox.settings().pat());
      return new AzureDevOpsSettings(
          List.of(
              new AzureDevOpsSettings.One(
                  sandbox.control().collectionId().toString(),
                  sandbox.organizationUrl().toString(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  pat,
                  null,
                  "7.1",
                  false)),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          1 << 24,
          Duration.ofSeconds(5),
          1,
          Duration.ofMillis(10),
          8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
