package io.countersign.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.app.serve.StopSignals;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.SandboxSettings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign sandbox azure-devops}. */
@Command(
    name = "azure-devops",
    description = {
      "Runs an Azure DevOps of your own: work items with revisions, updates, links and comments,"
          + " processes and states, projects, service hooks that deliver, reporting, tokens, and"
          + " the service's errors. Clients of the real one work with it, Microsoft's own among"
          + " them.",
      "",
      "It keeps everything in memory and forgets it at the end. Below /_sandbox it is controlled"
          + " without credentials (faults, people, pushes, builds): GET /_sandbox tells how. So"
          + " listen only where nobody else is.",
      "",
      "Work as somebody else with the header X-Sandbox-User, for example"
          + " \"Priya Patel <priya@fabrikam.example>\"."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign sandbox azure-devops --port 4100",
      "  countersign sandbox azure-devops --process Scrum --project Tailwind",
      "  countersign sandbox azure-devops --hooks-to"
          + " http://azure-devops:SECRET@127.0.0.1:8080/webhooks/azure-devops",
      "  countersign sandbox azure-devops --speed-up 100"
    })
final class SandboxAzureDevOps implements Callable<Integer> {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where to listen. Default: ${DEFAULT-VALUE}.",
      defaultValue = "127.0.0.1")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 for any. Default: ${DEFAULT-VALUE}.",
      defaultValue = "4100")
  private int port;

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description = "Project that is there from the beginning. Default: ${DEFAULT-VALUE}.",
      defaultValue = "Fabrikam")
  private String project = "Fabrikam";

  @Option(
      names = "--process",
      paramLabel = "NAME",
      description =
          "Its process: Basic, Agile, Scrum, CMMI, \"Countersign CMMI\" or \"Countersign Agile\"."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "Countersign CMMI")
  private String process = "Countersign CMMI";

  @Option(
      names = "--pat",
      paramLabel = "TOKEN",
      description = "Personal access token of the owner. Default: ${DEFAULT-VALUE}.",
      defaultValue = "sandbox-pat")
  private String pat = "sandbox-pat";

  @Option(
      names = "--hooks-to",
      paramLabel = "URL",
      description =
          "Subscribes a receiver to everything that can happen; user and password for it in the"
              + " URL. May be given several times.")
  private List<URI> hooksTo = List.of();

  @Option(
      names = "--speed-up",
      paramLabel = "FACTOR",
      description =
          "How much faster waiting is: retries and probation of hooks, creation of projects."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private double speedUp = 1;

  @Spec private @Nullable CommandSpec spec;

  SandboxAzureDevOps() {}

  @Override
  public Integer call() throws InterruptedException {
    var commands = Objects.requireNonNull(spec).commandLine();
    SandboxSettings settings;
    try {
      settings =
          SandboxSettings.defaults()
              .at(host, port)
              .withProject(project, process)
              .withPat(pat)
              .fasterBy(speedUp);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commands, String.valueOf(e.getMessage()), e);
    }
    if (hooksTo.stream().anyMatch(receiver -> receiver.getHost() == null)) {
      throw new ParameterException(commands, "--hooks-to is not the URL of a receiver");
    }
    var stop = StopSignals.install(() -> {});
    try (var sandbox = AzureDevOpsSandbox.start(settings)) {
      hooksTo.forEach(receiver -> subscribe(sandbox, receiver));
      tell(sandbox, commands.getOut());
      stop.await();
      return CommandLineInterface.DONE;
    } catch (UncheckedIOException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private static void subscribe(AzureDevOpsSandbox sandbox, URI receiver) {
    String[] user = Objects.requireNonNullElse(receiver.getUserInfo(), ":").split(":", 2);
    sandbox.control().subscribe(withoutUser(receiver), user[0], user.length > 1 ? user[1] : "");
  }

  private static String withoutUser(URI receiver) {
    String user = receiver.getRawUserInfo();
    return user == null ? receiver.toString() : receiver.toString().replace(user + "@", "");
  }

  private void tell(AzureDevOpsSandbox sandbox, PrintWriter out) {
    URI organization = sandbox.organizationUrl();
    SandboxSettings settings = sandbox.settings();
    String tracking =
        URLEncoder.encode(settings.project(), UTF_8).replace("+", "%20") + "/_apis/wit";
    out.printf(
        """
        Azure DevOps of your own: %s
          project        %s (%s)
          access token   %s
          Entra token    POST %s
                         client_id=%s client_secret=%s
          control        GET %s_sandbox
          hooks          %s

        Try:
          curl -u :%s '%s%s/workitems/$Task?api-version=7.1' \\
            -H 'Content-Type: application/json-patch+json' \\
            -d '[{"op":"add","path":"/fields/System.Title","value":"Hello"}]'
          curl -u :%s '%s_apis/wit/workitems/1?$expand=all'
          curl %s_sandbox/items

        Stop with Ctrl-C; it keeps nothing.
        """,
        organization,
        settings.project(),
        settings.process(),
        settings.pat(),
        sandbox.tokenUrl(),
        settings.clientId(),
        settings.clientSecret(),
        sandbox.baseUrl(),
        hooksTo.isEmpty() ? "none: --hooks-to URL" : hooksTo.size() + " receiver(s)",
        settings.pat(),
        organization,
        tracking,
        settings.pat(),
        organization,
        sandbox.baseUrl());
    out.flush();
  }
}
