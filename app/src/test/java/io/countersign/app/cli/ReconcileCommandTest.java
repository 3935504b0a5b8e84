package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.Server;
import io.countersign.app.serve.TestServer;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.Fault;
import io.countersign.sandbox.azuredevops.SandboxSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The whole way: a server, an Azure DevOps, and somebody at the command line. */
class ReconcileCommandTest {

  @TempDir private Path folder;

  @Test
  void whatCameBeforeTheHooksIsFetchedAndWhatComesAfterThemIsDelivered() throws Exception {
    try (var sandbox =
            AzureDevOpsSandbox.start(SandboxSettings.defaults().withProject("Fabrikam", "Agile"));
        Server _ = Server.start(settings(sandbox))) {
      create(sandbox, "Before the hooks");

      assertThat(cli("hooks", "list", "Fabrikam")).as("none is there").isEqualTo(3);
      assertThat(cli("hooks", "create", "Fabrikam")).isZero();
      assertThat(cli("hooks", "list", "Fabrikam")).isZero();

      create(sandbox, "After the hooks");
      assertThat(sandbox.control().awaitHooks(Duration.ofSeconds(20))).isTrue();
      assertThat(sandbox.control().notificationsLost()).isZero();

      var out = new StringWriter();
      assertThat(cli(out, new StringWriter(), "reconcile", "Fabrikam", "--json")).isZero();
      var first = new JsonMapper().readTree(out.toString());
      assertThat(first.path("missing").asInt()).isBetween(1, 2);
      assertThat(first.path("filled")).isEqualTo(first.path("missing"));

      out = new StringWriter();
      assertThat(cli(out, new StringWriter(), "reconcile", "Fabrikam", "--full")).isZero();
      assertThat(out.toString()).contains("Fabrikam compared up to", "0 missing, 0 of them filled");
      out = new StringWriter();
      assertThat(cli(out, new StringWriter(), "reconcile", "--list")).isZero();
      assertThat(out.toString()).contains("Fabrikam", "compared");

      assertThat(resultsOfBothComparisons())
          .allMatch(line -> line.contains(" source ") && line.contains(" principal:"));
      out = new StringWriter();
      assertThat(cli(out, new StringWriter(), "hooks", "history")).isZero();
      assertThat(out.toString()).as("all were enabled when looked at").isEqualTo("no change\n");

      sandbox.control().fault(Fault.of(Fault.Kind.SIGN_IN, 1, "GET", "reporting"));
      var err = new StringWriter();
      assertThat(cli(new StringWriter(), err, "reconcile", "Fabrikam")).isOne();
      assertThat(err.toString()).contains("Fabrikam was not compared: not signed in");
    }
  }

  /** Once the read model has them. */
  private List<String> resultsOfBothComparisons() throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(30);
    while (true) {
      var out = new StringWriter();
      assertThat(cli(out, new StringWriter(), "reconcile", "history", "--kind", "source")).isZero();
      List<String> results = out.toString().lines().skip(1).toList();
      if (results.size() == 2) {
        return results;
      }
      assertThat(Instant.now()).as(out.toString()).isBefore(deadline);
      Thread.sleep(50);
    }
  }

  private int cli(String... command) {
    return cli(new StringWriter(), new StringWriter(), command);
  }

  private int cli(StringWriter out, StringWriter err, String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--data";
    all[command.length + 1] = folder.resolve("data").toString();
    return CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  private Map<String, String> settings(AzureDevOpsSandbox sandbox) throws Exception {
    Path pat = Files.writeString(folder.resolve("pat"), sandbox.settings().pat());
    int port = freePort();
    Map<String, String> settings = TestServer.settings(folder.resolve("data"));
    settings.put("countersign.port", Integer.toString(port));
    String organization = "countersign.azure-devops.organizations[0].";
    settings.put(organization + "id", sandbox.control().collectionId().toString());
    settings.put(organization + "url", sandbox.organizationUrl().toString());
    settings.put(organization + "pat-file", pat.toString());
    settings.put("countersign.reconciliation.every", "0s");
    settings.put("countersign.reconciliation.settle", "0s");
    settings.put(
        "countersign.reconciliation.hook-url",
        "http://127.0.0.1:%d/webhooks/azure-devops".formatted(port));
    return settings;
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void create(AzureDevOpsSandbox sandbox, String title) throws Exception {
    String credential =
        Base64.getEncoder()
            .encodeToString((":" + sandbox.settings().pat()).getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    sandbox.organizationUrl()
                        + "Fabrikam/_apis/wit/workitems/$Task?api-version=7.1"))
            .header("Authorization", "Basic " + credential)
            .header("Content-Type", "application/json-patch+json")
            .POST(
                BodyPublishers.ofString(
                    "[{\"op\":\"add\",\"path\":\"/fields/System.Title\",\"value\":\"%s\"}]"
                        .formatted(title)))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }
}
