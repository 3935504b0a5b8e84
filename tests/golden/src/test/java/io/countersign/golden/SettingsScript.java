package io.countersign.golden;

import static io.countersign.golden.Fabrikam.NOON;
import static io.countersign.golden.Fabrikam.PROJECT;
import static io.countersign.golden.Fabrikam.cmmi;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.kernel.access.LinkPrincipal;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.policy.PublishPolicy;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectCommand;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.BuiltInPolicies;
import io.countersign.rules.policy.PolicyStamp;
import io.countersign.rules.policy.TransitionPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;

/** What people decide for a project, and who they are. */
final class SettingsScript {

  private final Told told;

  SettingsScript(Told told) {
    this.told = told;
  }

  void play() {
    told.person(new ProjectCommand.RegisterProject(PROJECT, "Fabrikam", Process.AGILE));
    told.person(new ProjectCommand.RegisterProject(PROJECT, "Fabrikam Fiber", Process.AGILE));
    told.person(new ProjectCommand.ChooseProcess(PROJECT, Process.CMMI));
    told.person(
        new ProjectCommand.MapState(PROJECT, "User Story", "Parked", WorkItemState.BLOCKED));
    told.person(new ProjectCommand.AttachPolicy(PROJECT, "production", cmmi(), NOON));
    told.person(new ProjectCommand.ChooseViolationMode(PROJECT, ViolationMode.ESCALATE));
    told.person(new ProjectCommand.ChooseConflictPolicy(PROJECT, ConflictPolicy.OURS));
    told.person(policy());
    told.person(new LinkPrincipal("theo", new SubjectId(new UUID(0x4000, 13))));
  }

  private static PublishPolicy policy() {
    try (var in = BuiltInPolicies.class.getResourceAsStream("cmmi.yaml")) {
      String yaml =
          new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
              .replace("version: 2026.11.0", "version: 2026.11.1");
      PolicyStamp stamp = TransitionPolicy.read("cmmi.yaml", yaml.getBytes(UTF_8)).stamp();
      return new PublishPolicy(
          new PolicyReference(stamp.id(), stamp.version(), stamp.sha256()), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
