package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign audit}: the sealed log, for auditors. */
@Command(
    name = "audit",
    description =
        "Verifies the sealed log without a server and without a database; says how it stands, and"
            + " carries out decisions about it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AuditVerify.class,
      AuditStatusCommand.class,
      AuditDecision.Resume.class,
      AuditDecision.Restart.class,
      AuditDecision.RotateKey.class
    })
final class AuditCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  AuditCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "verify, status, resume, restart or rotate-key?");
  }
}
