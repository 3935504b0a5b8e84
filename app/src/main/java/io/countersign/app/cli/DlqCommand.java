package io.countersign.app.cli;

import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign dlq}: events that a projection could not take. */
@Command(
    name = "dlq",
    description = {
      "Shows events that a projection could not take, and tries them again or gives them up.",
      "",
      "When an event cannot be folded, or PostgreSQL refuses its rows for what they hold, it waits"
          + " here, and so do later events of the same sequence (a work item, for example). All others"
          + " go on. What was parked, tried again and given up is in the log."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nAt three in the morning:%n",
    footer = {
      "  countersign dlq list                                # what waits, and since when",
      "  countersign dlq show SEQ                            # what is wrong with its first event",
      "  countersign dlq retry SEQ --reason 'fixed by ...'   # once the cause is gone"
    },
    subcommands = {
      DlqList.class,
      DlqExport.class,
      DlqCommand.Show.class,
      DlqCommand.Retry.class,
      DlqRetryAll.class,
      DlqCommand.Evict.class
    })
final class DlqCommand implements Callable<Integer> {

  static final String PATH = "/api/v1/dead-letters";

  @Spec private @Nullable CommandSpec spec;

  DlqCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "list, export, show, retry, retry-all or evict?");
  }

  /** {@code dlq show}. */
  @Command(
      name = "show",
      description = {
        "Shows a parked sequence: the event that failed, the error with its stack, and what waits behind"
            + " it.",
        "",
        "Neither error nor stack holds values; the event itself is shown by: countersign log show INDEX"
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign dlq show 5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10")
  static final class Show extends ProjectionsAsking {

    @Parameters(paramLabel = "SEQ", description = "Its id, as dlq list shows it.")
    private @Nullable UUID id;

    Show() {}

    @Override
    int ask(ApiClient api) {
      JsonNode shown = api.get(PATH + "/" + id);
      if (json) {
        print(shown);
        return CommandLineInterface.DONE;
      }
      JsonNode one = shown.path("sequence");
      line("processor", one.path("processor"));
      line("sequence", one.path("sequence"));
      out()
          .printf(
              "event     entry %,d, %s%n",
              one.path("firstEntry").asLong(), one.path("event").asString(""));
      line("error", one.path("error"));
      out()
          .printf(
              "tried     %d times, last at %s; parked at %s%n",
              one.path("attempts").asInt(),
              one.path("lastAttemptAt").asString(""),
              one.path("parkedAt").asString(""));
      out().println();
      var table = new Table("ENTRY", "EVENT", "SINCE");
      for (JsonNode letter : shown.path("letters")) {
        table.add(
            "%,d".formatted(letter.path("entry").asLong()),
            letter.path("event").asString(""),
            letter.path("parkedAt").asString(""));
      }
      table.print(out());
      int more = one.path("letters").asInt() - shown.path("letters").size();
      if (more > 0) {
        out().printf("... and %,d more%n", more);
      }
      out().println();
      out().print(shown.path("stack").asString(""));
      out().flush();
      return CommandLineInterface.DONE;
    }

    private void line(String name, JsonNode value) {
      out().printf("%-9s %s%n", name, value.asString(""));
    }
  }

  /** A decision about what waits. */
  abstract static class Decision extends ProjectionsAsking {

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded in the log.")
    String reason = "";

    @Option(
        names = "--request-id",
        paramLabel = "UUID",
        description = "Id of the request. Asked for again with the same id, it is done once.")
    @Nullable UUID request;

    ObjectNode body() {
      UUID id = request == null ? UUID.randomUUID() : request;
      request = id;
      return because(reason).put("id", id.toString());
    }
  }

  /** {@code dlq retry}. */
  @Command(
      name = "retry",
      description = {
        "Tries a parked sequence again, in its order and in one transaction, up to the first event that"
            + " fails. When none fails, the sequence goes on as others do.",
        "",
        "Trying again changes nothing while the cause is still there."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:all of it is in the rows",
        "1:failed; one line on standard error says why",
        "2:the command line is not valid",
        "3:some of it still waits"
      },
      footerHeading = "%nExample:%n",
      footer =
          "  countersign dlq retry 5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10 --reason 'constraint removed'")
  static final class Retry extends Decision {

    @Parameters(paramLabel = "SEQ", description = "Its id, as dlq list shows it.")
    private @Nullable UUID id;

    Retry() {}

    @Override
    int ask(ApiClient api) {
      JsonNode done = api.post(PATH + "/" + id + "/retry", body());
      boolean over = done.path("left").asInt() == 0;
      print(
          done,
          over
              ? "applied %,d; nothing of %s waits any more"
                  .formatted(done.path("applied").asInt(), done.path("sequence").asString(""))
              : "applied %,d; %,d wait behind entry %,d: %s"
                  .formatted(
                      done.path("applied").asInt(),
                      done.path("left").asInt(),
                      done.path("stoppedAt").asLong(),
                      done.path("error").asString("")));
      return over ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
    }
  }

  /** {@code dlq evict}. */
  @Command(
      name = "evict",
      description = {
        "Gives up what waits of a sequence. The rows stay as they are, without these events; what comes"
            + " later in the sequence is applied again, and waits again when it cannot be.",
        "",
        "The events stay in the log, with an entry that says which were given up, by whom and why."
            + " From then on projections verify finds the projection incomplete, until it is rebuilt."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  countersign dlq evict 5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10 --reason 'a test item, deleted'")
  static final class Evict extends Decision {

    @Parameters(paramLabel = "SEQ", description = "Its id, as dlq list shows it.")
    private @Nullable UUID id;

    Evict() {}

    @Override
    int ask(ApiClient api) {
      JsonNode done = api.post(PATH + "/" + id + "/evict", body());
      print(
          done,
          "gave up %,d of %s, entries %,d to %,d"
              .formatted(
                  done.path("letters").asInt(),
                  done.path("sequence").asString(""),
                  done.path("firstEntry").asLong(),
                  done.path("lastEntry").asLong()));
      return CommandLineInterface.DONE;
    }
  }
}
