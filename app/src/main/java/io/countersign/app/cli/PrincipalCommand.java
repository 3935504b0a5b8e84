package io.countersign.app.cli;

import io.countersign.app.access.Expiry;
import io.countersign.app.access.NewPrincipal;
import io.countersign.kernel.access.Role;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign principal}: who may authenticate, and as what. */
@Command(
    name = "principal",
    description = {
      "Adds, lists and revokes principals: people and programs that may authenticate, each with"
          + " roles and a token.",
      "",
      "With --data it works on the database itself, also while no server runs; so a lost token of"
          + " the last operator can be replaced. With --url it works through a server's API."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PrincipalCommand.Add.class,
      PrincipalCommand.ListAll.class,
      PrincipalCommand.Revoke.class,
      PrincipalLink.class
    })
final class PrincipalCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  PrincipalCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "add, list, revoke or link?");
  }

  /** Where the principals are, and where to print. */
  abstract static class Part implements Callable<Integer> {

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin DatabaseOptions database = new DatabaseOptions();
    @Spec @Nullable CommandSpec spec;

    PrincipalDirectory principals() {
      return server.url == null
          ? PrincipalDirectory.inDatabase(database.open(server.directory()))
          : PrincipalDirectory.overHttp(server.connect());
    }

    PrintWriter out() {
      return java.util.Objects.requireNonNull(spec).commandLine().getOut();
    }

    ParameterException usage(String message) {
      return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
    }
  }

  /** {@code principal add}. */
  @Command(
      name = "add",
      description = {
        "Adds a principal and prints its token on standard output. The token is stored hashed: it is"
            + " not shown again. A name is never given twice, because the log refers to it.",
        "",
        "Roles: operator, admin, approver, auditor, privacy, agent, viewer; and for the gates of"
            + " transitions team_lead, technical_lead, reviewer, security_reviewer, qa, release_manager,"
            + " stakeholder."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  countersign principal add ci --role agent --expires 90d > ci.token",
        "  countersign principal add ada --role auditor --role viewer --expires 2027-01-01"
      })
  static final class Add extends Part {

    @Parameters(
        paramLabel = "NAME",
        description = "Lower case letters, digits, dots, underscores, minus signs.")
    private String name = "";

    @Option(
        names = "--role",
        split = ",",
        required = true,
        paramLabel = "ROLE",
        description = "What it may do. Repeat for several.")
    private List<String> roles = List.of();

    @Option(
        names = "--expires",
        paramLabel = "WHEN",
        description = "When its token ends: a date (2027-01-01) or days (90d). Default: never.")
    private @Nullable String expires;

    Add() {}

    @Override
    public Integer call() {
      NewPrincipal wanted;
      try {
        wanted =
            new NewPrincipal(
                name,
                roles.stream().map(Role::of).collect(Collectors.toSet()),
                Optional.ofNullable(expires)
                    .map(text -> Expiry.parse(text, Clock.systemUTC().instant())));
      } catch (IllegalArgumentException e) {
        throw usage(String.valueOf(e.getMessage()));
      }
      try (var principals = principals()) {
        out().println(principals.add(wanted));
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code principal list}. */
  @Command(name = "list", description = "Lists all principals, the revoked ones too.")
  static final class ListAll extends Part {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListAll() {}

    @Override
    public Integer call() {
      try (var principals = principals()) {
        List<PrincipalDirectory.Line> lines = principals.list();
        if (json) {
          out().println(ApiClient.JSON.writeValueAsString(lines));
          return CommandLineInterface.DONE;
        }
        var table = new Table("NAME", "ROLES", "STATE", "EXPIRES", "CREATED");
        for (var line : lines) {
          table.add(
              line.name(),
              String.join(",", line.roles()),
              line.state(),
              line.expires(),
              line.created());
        }
        table.print(out());
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code principal revoke}. */
  @Command(
      name = "revoke",
      description =
          "Refuses the principal's token from now on. A running server takes notice within three"
              + " seconds.",
      footerHeading = "%nExample:%n",
      footer = "  countersign principal revoke ci")
  static final class Revoke extends Part {

    @Parameters(paramLabel = "NAME", description = "The principal.")
    private String name = "";

    Revoke() {}

    @Override
    public Integer call() {
      try (var principals = principals()) {
        principals.revoke(name);
        out().println("revoked " + name);
      }
      return CommandLineInterface.DONE;
    }
  }
}
