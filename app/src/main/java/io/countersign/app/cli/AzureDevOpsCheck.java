package io.countersign.app.cli;

import io.countersign.app.settings.ConfiguredSettings;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.azuredevops.client.AzureDevOpsSettings;
import io.countersign.command.azuredevops.client.ConnectionCheck;
import io.countersign.command.azuredevops.client.ConnectionCheck.Report;
import io.countersign.command.azuredevops.client.Organization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign azure-devops check}. */
@Command(
    name = "check",
    description = {
      "Calls every configured organization and tells: whether it answers, who we are there, what the"
          + " credential is and when its token runs out, which projects it sees, and whether work"
          + " items and service hooks can be read. Nothing is written, so whether writing is"
          + " permitted shows at the first write.",
      "",
      "It needs no server: organizations come from the settings countersign.azure-devops of the"
          + " file given with --config and of the environment, as the server reads them."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that was looked at works",
      "1:failed, or no organization is configured; one line on standard error says why",
      "2:the command line is not valid",
      "3:an organization does not answer, or the credential is not good or not permitted to something"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign azure-devops check --config countersign.yaml",
      "  countersign azure-devops check --config countersign.yaml --organization fabrikam --json"
    })
final class AzureDevOpsCheck implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The server's file with settings (YAML or properties).",
      defaultValue = "${env:COUNTERSIGN_CONFIG}")
  private @Nullable Path config;

  @Option(names = "--organization", paramLabel = "ID", description = "Check only this one.")
  private @Nullable String only;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AzureDevOpsCheck() {}

  @Override
  public Integer call() {
    AzureDevOpsSettings settings =
        ConfiguredSettings.read(config, "countersign.azure-devops", AzureDevOpsSettings.class);
    try (var azureDevOps =
        new AzureDevOps(settings, Clock.systemUTC(), new SimpleMeterRegistry())) {
      List<Report> reports = chosen(azureDevOps).stream().map(ConnectionCheck::of).toList();
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      if (json) {
        out.println(json(reports).toPrettyString());
      } else {
        reports.forEach(report -> print(out, report));
      }
      out.flush();
      return reports.stream().allMatch(Report::isFine)
          ? CommandLineInterface.DONE
          : CommandLineInterface.FINDING;
    }
  }

  private List<Organization> chosen(AzureDevOps azureDevOps) {
    List<Organization> all =
        azureDevOps.organizations().stream()
            .filter(one -> only == null || one.id().value().equalsIgnoreCase(only))
            .toList();
    if (all.isEmpty()) {
      throw new CommandFailed(
          only == null
              ? "no organization is configured (countersign.azure-devops.organizations)"
              : "the organization %s is not configured (countersign.azure-devops.organizations)"
                  .formatted(only));
    }
    return all;
  }

  private static void print(PrintWriter out, Report report) {
    out.println(
        "%s, with %s%s"
            .formatted(
                report.organization(),
                report.credential(),
                report.expiresAt() == null ? "" : " until " + report.expiresAt()));
    var table = new Table("WHAT", "RESULT", "DETAIL");
    for (ConnectionCheck.Step step : report.steps()) {
      table.add(step.name(), word(step.verdict()), step.detail());
    }
    table.print(out);
    if (!report.projects().isEmpty()) {
      out.println("projects: " + String.join(", ", report.projects()));
    }
    out.println();
  }

  private static ObjectNode json(List<Report> reports) {
    ObjectNode json = new JsonMapper().createObjectNode();
    ArrayNode organizations = json.putArray("organizations");
    for (Report report : reports) {
      ObjectNode one = organizations.addObject();
      one.put("id", report.organization().value());
      one.put("credential", report.credential());
      if (report.expiresAt() != null) {
        one.put("expiresAt", report.expiresAt().toString());
      }
      if (report.who() != null) {
        one.put("identity", report.who().id());
        one.put("name", report.who().displayName());
      }
      report.projects().forEach(one.putArray("projects")::add);
      ArrayNode steps = one.putArray("steps");
      for (ConnectionCheck.Step step : report.steps()) {
        steps
            .addObject()
            .put("name", step.name())
            .put("result", word(step.verdict()))
            .put("detail", step.detail());
      }
      one.put("fine", report.isFine());
    }
    return json;
  }

  private static String word(ConnectionCheck.Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
