package io.countersign.app.cli;

import io.countersign.app.settings.ConfiguredSettings;
import io.countersign.command.escalation.ChannelTrial;
import io.countersign.command.escalation.ChannelTrial.Result;
import io.countersign.command.escalation.EscalationSettings;
import io.countersign.command.escalation.MailSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;

/** {@code countersign escalation test-channel}. */
@Command(
    name = "test-channel",
    description = {
      "Really sends a test over a channel, to everybody it reaches for a team, and prints what the"
          + " other side answered. The message says that nobody has to do anything.",
      "",
      "It needs no server: the channel comes from the settings countersign.escalation of the file"
          + " given with --config and of the environment, and from the routing matrix, as the server"
          + " reads them. Nothing is recorded."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everybody's was taken",
      "1:failed, or the channel is not configured; one line on standard error says why",
      "2:the command line is not valid",
      "3:one at least was not taken"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign escalation test-channel mail --team security_team --config countersign.yaml",
      "  countersign escalation test-channel webhook --config countersign.yaml --json"
    })
final class EscalationTestChannel implements Callable<Integer> {

  private static final String SETTINGS = "countersign.escalation";

  @Parameters(paramLabel = "NAME", description = "webhook or mail.")
  private String name = "";

  @Option(
      names = "--team",
      paramLabel = "TEAM",
      description = "Whose addresses: a team of the routing matrix. The webhook is one for all.",
      defaultValue = "")
  private String team = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The server's file with settings (YAML or properties).",
      defaultValue = "${env:COUNTERSIGN_CONFIG}")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  EscalationTestChannel() {}

  @Override
  public Integer call() throws Exception {
    List<Result> results = send();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      out.println(json(results).toPrettyString());
    } else {
      var table = new Table("TO", "TAKEN", "CODE", "DELIVERY", "ANSWER");
      for (Result result : results) {
        table.add(
            result.target(),
            result.taken() ? "yes" : "no",
            Objects.requireNonNullElse(result.code(), ""),
            result.delivery().toString(),
            result.answer());
      }
      table.print(out);
    }
    out.flush();
    return results.stream().allMatch(Result::taken)
        ? CommandLineInterface.DONE
        : CommandLineInterface.FINDING;
  }

  private List<Result> send() throws Exception {
    var settings = ConfiguredSettings.read(config, SETTINGS, EscalationSettings.class);
    var mail = ConfiguredSettings.read(config, SETTINGS + ".mail", MailSettings.class);
    try {
      return new ChannelTrial(settings, mail, InstantSource.system(), UUID::randomUUID)
          .send(name, team);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  private static ArrayNode json(List<Result> results) {
    ArrayNode all = ApiClient.JSON.createArrayNode();
    for (Result result : results) {
      var one =
          all.addObject()
              .put("target", result.target())
              .put("delivery", result.delivery().toString())
              .put("taken", result.taken());
      if (result.code() != null) {
        one.put("code", result.code());
      }
      one.put("answer", result.answer());
    }
    return all;
  }
}
