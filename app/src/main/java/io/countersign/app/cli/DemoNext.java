package io.countersign.app.cli;

import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.demo.DemoStory;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** What can be looked at and tried once the story was told. */
final class DemoNext {

  private DemoNext() {}

  static void tell(
      DemoStory.Told told, Path data, URI server, AzureDevOpsSandbox azureDevOps, PrintWriter out) {
    String disputed = id(told, "disputed");
    out.printf(
        """

        Look around, in another terminal and in this folder:

          export COUNTERSIGN_DATA=%s
          ./countersign work-item next %s
          ./countersign work-item transition %s Ready
          ./countersign escalation list
          ./countersign sync pending
          ./countersign audit show --data $COUNTERSIGN_DATA 0
          ./countersign policy simulate --help
          %s    the whole API, to read and to try (token: $COUNTERSIGN_DATA/operator.token)

        You are the operator. To be somebody of the story: --token-file $COUNTERSIGN_DATA/tokens/tess

        Move something on the board yourself (sandbox-pat is this sandbox's own token, good nowhere else), and look again:

          curl %s_sandbox/items
          curl -u :%s -X PATCH '%s_apis/wit/workitems/%s?api-version=7.1' \\
            -H 'Content-Type: application/json-patch+json' -H 'X-Sandbox-User: Priya Patel <priya@fabrikam.example>' \\
            -d '[{"op":"add","path":"/fields/System.State","value":"Closed"}]'
          ./countersign work-item next %s
          ./countersign escalation list

        """,
        data,
        disputed,
        disputed,
        server.resolve("/docs"),
        azureDevOps.baseUrl(),
        azureDevOps.settings().pat(),
        azureDevOps.organizationUrl(),
        disputed.substring(disputed.lastIndexOf(':') + 1),
        disputed);
    out.flush();
  }

  private static String id(DemoStory.Told told, String which) {
    return Objects.requireNonNull(told.workItems().get(which));
  }
}
