package io.countersign.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What comes with the program says what the documents say. */
class BuiltInPoliciesTest {

  private static final List<String> LADDER =
      List.of("New", "Ready", "InProgress", "CodeReview", "Testing", "Staging", "Production");

  /** Requirements, gates and documents, as the documents' table has them, word for word. */
  private static final Map<String, List<List<String>>> TABLE =
      Map.of(
          "New>Ready",
          List.of(
              List.of("work_item_completeness", "assignment_validation"),
              List.of("team_lead_approval"),
              List.of("requirement_specification")),
          "Ready>InProgress",
          List.of(
              List.of("prerequisite_completion", "resource_availability"),
              List.of("technical_lead_approval"),
              List.of("technical_design", "test_plan")),
          "InProgress>CodeReview",
          List.of(
              List.of("code_completion", "unit_tests_passing"),
              List.of("self_review_complete"),
              List.of("code_documentation", "review_checklist")),
          "CodeReview>Testing",
          List.of(
              List.of("peer_review_approval", "code_quality_gates"),
              List.of("reviewer_approval", "security_review"),
              List.of("review_comments", "quality_metrics")),
          "Testing>Staging",
          List.of(
              List.of("test_completion", "quality_criteria_met"),
              List.of("qa_approval", "test_report_review"),
              List.of("test_results", "coverage_report")),
          "Staging>Production",
          List.of(
              List.of("staging_validation", "deployment_readiness"),
              List.of("release_manager_approval", "stakeholder_signoff"),
              List.of("deployment_plan", "rollback_procedure")));

  @TestFactory
  Stream<DynamicTest> everyGatedTransitionOfTheTableNeedsExactlyWhatItSays() {
    return TABLE.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(row.getKey(), () -> needs(row.getKey(), row.getValue())));
  }

  private static void needs(String edge, List<List<String>> wanted) {
    TransitionRule rule = only(edge.split(">")[0], edge.split(">")[1]);
    assertThat(rule.requirements().stream().map(Requirement::id)).isEqualTo(wanted.get(0));
    assertThat(rule.approvals().stream().map(Gate::id)).isEqualTo(wanted.get(1));
    assertThat(rule.documents().stream().map(RequiredDocument::kind)).isEqualTo(wanted.get(2));
  }

  @Test
  void theTracesAreThoseOfTheTable() {
    assertThat(
            BuiltInPolicies.of(Process.CMMI).hierarchy().traces().stream().filter(Trace::required))
        .containsExactly(
            new Trace("Epic", "Feature", "strategic_alignment", true),
            new Trace("Feature", "Requirement", "functional_decomposition", true),
            new Trace("Requirement", "Task", "implementation_breakdown", true),
            new Trace("Task", "Test Case", "validation_coverage", true));
  }

  @Test
  void noTransitionUpTheLadderGoesAroundAGateOfTheTable() {
    for (int from = 0; from < LADDER.size(); from++) {
      for (int to = from + 1; to < LADDER.size(); to++) {
        Set<String> wanted = new HashSet<>();
        for (int step = from; step < to; step++) {
          TABLE.get(LADDER.get(step) + ">" + LADDER.get(step + 1)).forEach(wanted::addAll);
        }
        for (TransitionRule rule : between(LADDER.get(from), LADDER.get(to))) {
          assertThat(demands(rule)).as(rule.id()).containsExactlyInAnyOrderElementsOf(wanted);
        }
      }
    }
    assertThat(demands(only("Testing", "Done")))
        .containsAll(demands(only("Testing", "Staging")))
        .containsAll(demands(only("Staging", "Production")));
  }

  @Test
  void everyGateOfTheTableRefusesThoseWhoDidTheWorkExceptTheReviewOfOnesOwn() {
    for (TransitionRule rule : BuiltInPolicies.of(Process.CMMI).transitions()) {
      for (Gate gate : rule.approvals()) {
        assertThat(gate.notWorkers()).as(gate.id()).isNotEqualTo(gate.byWorker());
        assertThat(gate.byWorker()).isEqualTo(gate.id().equals("self_review_complete"));
        assertThat(gate.sameRevision()).as(gate.id()).isTrue();
      }
    }
  }

  @Test
  void everyPolicyNamesItsFile() {
    for (Process process : Process.values()) {
      PolicyStamp stamp = BuiltInPolicies.of(process).stamp();
      assertThat(stamp.id()).isEqualTo(process.word());
      assertThat(stamp.sha256()).matches("[0-9a-f]{64}");
      assertThat(BuiltInPolicies.of(process).process()).isEqualTo(process);
    }
  }

  private static List<TransitionRule> between(String from, String to) {
    return BuiltInPolicies.of(Process.CMMI).between(WorkItemState.of(from), WorkItemState.of(to));
  }

  private static TransitionRule only(String from, String to) {
    List<TransitionRule> rules = between(from, to);
    assertThat(rules).as(from + " to " + to).hasSize(1);
    return rules.getFirst();
  }

  private static Set<String> demands(TransitionRule rule) {
    Set<String> demands = new HashSet<>();
    rule.requirements().forEach(requirement -> demands.add(requirement.id()));
    rule.approvals().forEach(gate -> demands.add(gate.id()));
    rule.documents().forEach(document -> demands.add(document.kind()));
    return demands;
  }
}
