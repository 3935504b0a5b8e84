package io.countersign.query.traceability;

import static io.countersign.query.traceability.Traced.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.policy.PolicyEvent;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.CountingLog;
import io.countersign.query.Histories;
import io.countersign.query.PolicyHistories;
import io.countersign.rules.policy.BuiltInPolicies;
import io.countersign.rules.policy.TransitionPolicy;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Work items are judged by the policy of their project, and the answer names it. */
class TraceabilityPolicyTest {

  private final Traced api = new Traced();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void withoutAPolicyTheOneOfTheProcessJudgesAndIsNamed() {
    long last =
        api.append(
            new ProjectEvent.Registered(Histories.PROJECT, "Fabrikam", Process.CMMI),
            item(1, "Requirement", WorkItemState.NEW),
            item(2, "User Story", WorkItemState.NEW));
    assertThat(api.findings(last))
        .containsExactlyInAnyOrder("orphan 1", "not-broken-down 1", "not-tested 1");
    TransitionPolicy cmmi = BuiltInPolicies.of(Process.CMMI);
    assertThat(api.get("/findings", last).path("policy").toString())
        .isEqualTo(
            "{\"id\":\"cmmi\",\"version\":\"%s\",\"sha256\":\"%s\",\"attached\":false}"
                .formatted(cmmi.stamp().version(), cmmi.stamp().sha256()));
  }

  @Test
  void thePolicyInForceSaysWhatHangsBelowWhat() {
    PolicyEvent.Published ours =
        PolicyHistories.published(
            "ours",
            """
              - {parent: Capability, child: User Story, rationale: scope}
              - {parent: User Story, child: Task, rationale: implementation_breakdown, required: false}
            """);
    PolicyEvent.Published later =
        PolicyHistories.published("later", "  - {parent: A, child: B, rationale: x}\n");
    Instant now = CountingLog.NOW;
    api.append(ours, later);
    long last =
        api.append(
            item(1, "Capability", WorkItemState.NEW),
            item(2, "User Story", WorkItemState.NEW, toItem(PARENT, 1)),
            item(3, "User Story", WorkItemState.NEW),
            item(4, "Feature", WorkItemState.NEW),
            item(5, "Task", WorkItemState.NEW),
            PolicyHistories.attached(later, null, now.minusSeconds(60)),
            PolicyHistories.attached(ours, null, now),
            PolicyHistories.attached(later, null, now.plusSeconds(1)),
            PolicyHistories.attached(later, "production", now));
    assertThat(api.findings(last)).containsExactly("orphan 3");
    JsonNode matrix = api.get("", last);
    assertThat(matrix.path("policy").path("sha256").asString()).isEqualTo(ours.sha256());
    assertThat(matrix.path("policy").path("attached").asBoolean()).isTrue();
    assertThat(matrix.path("items").valueStream().map(row -> row.path("holes").toString()))
        .containsExactly("[]", "[\"orphan\"]");
  }

  @Test
  void ofTwoFromOneMomentTheOneAttachedLastHolds() {
    PolicyEvent.Published one =
        PolicyHistories.published("one", "  - {parent: A, child: B, rationale: x}\n");
    PolicyEvent.Published two =
        PolicyHistories.published("two", "  - {parent: A, child: C, rationale: x}\n");
    api.append(one, two);
    long last =
        api.append(
            PolicyHistories.attached(one, null, AT), PolicyHistories.attached(two, null, AT));
    assertThat(api.get("", last).path("policy").path("id").asString()).isEqualTo("two");
  }

  @Test
  void aPolicyThatSaysNothingOfTheHierarchyLeavesItToTheProcess() {
    PolicyEvent.Published silent =
        new PolicyEvent.Published("silent", "1", "b".repeat(64), "kind: TransitionPolicy");
    api.append(silent);
    long last =
        api.append(
            new ProjectEvent.Registered(Histories.PROJECT, null, Process.SCRUM),
            PolicyHistories.attached(silent, null, AT));
    assertThat(api.get("", last).path("policy").path("id").asString()).isEqualTo("scrum");
  }
}
