package io.countersign.query;

import io.countersign.kernel.policy.PolicyEvent;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.query.Histories.Logged;
import io.countersign.rules.policy.BuiltInPolicies;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Policies that were published and attached. */
public final class PolicyHistories {

  private PolicyHistories() {}

  /** A policy of this hierarchy; its digest is as good as any. */
  public static PolicyEvent.Published published(String id, String traceability) {
    String yaml = "kind: TransitionPolicy\ntraceability:\n" + traceability;
    return new PolicyEvent.Published(id, "1", digest(yaml), yaml);
  }

  /** That policy, attached to the project. */
  public static ProjectEvent attached(
      PolicyEvent.Published policy, @Nullable String environment, Instant from) {
    return new ProjectEvent.PolicyAttached(
        Histories.PROJECT,
        environment,
        new PolicyReference(policy.policy(), policy.version(), policy.sha256()),
        from);
  }

  /** Every event the projection takes, some twice. */
  public static List<Logged> everyKind() {
    PolicyEvent.Published agile =
        new PolicyEvent.Published(
            "agile",
            "2",
            "a".repeat(64),
            new String(BuiltInPolicies.file(Process.AGILE), StandardCharsets.UTF_8));
    PolicyEvent.Published flat =
        published("flat", "  - {parent: A, child: B, rationale: why, required: false}\n");
    List<Object> events =
        List.of(
            new ProjectEvent.Registered(Histories.PROJECT, null, Process.AGILE),
            agile,
            new ProjectEvent.ProcessChosen(Histories.PROJECT, Process.CMMI),
            new ProjectEvent.Renamed(Histories.PROJECT, "Fabrikam"),
            flat,
            attached(agile, null, Histories.START),
            attached(flat, "production", Histories.START.plusSeconds(60)),
            attached(agile, null, Histories.START));
    return IntStream.range(0, events.size())
        .mapToObj(i -> new Logged(i, events.get(i), Histories.provenance("delivery-" + i)))
        .toList();
  }

  private static String digest(String yaml) {
    return UUID.nameUUIDFromBytes(yaml.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "")
        .repeat(2);
  }
}
