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
    description = "Shows, proves and verifies the sealed log, and carries out decisions about it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AuditVerify.class,
      AuditShow.class,
      AuditTail.class,
      AuditProve.class,
      AuditCheckProof.class,
      AuditComplete.class,
      AuditExport.class,
      AuditBundle.class,
      AuditAnchors.class,
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
        "verify, show, tail, prove, check-proof, complete, export, bundle, anchors, status, resume,"
            + " restart or rotate-key?");
  }
}
