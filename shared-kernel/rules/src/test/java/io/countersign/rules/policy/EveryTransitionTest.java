package io.countersign.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * For every process and every pair of states: what is decided when all is there, and when one thing
 * is not.
 */
class EveryTransitionTest {

  @TestFactory
  Stream<DynamicTest> everyPairOfStatesIsAllowedOrNotAsThePolicySays() {
    return pairs(
        (process, from, to) -> {
          TransitionPolicy policy = BuiltInPolicies.of(process);
          Decision decision = policy.decide(from, to, Facts.passing(process).facts());
          boolean there = from == to || policy.following(from).contains(to);
          assertThat(decision.allowed()).as(decision.missing().toString()).isEqualTo(there);
          assertThat(decision.policy()).isEqualTo(policy.stamp());
          if (!there) {
            assertThat(decision.missing())
                .singleElement()
                .satisfies(
                    missing -> {
                      assertThat(missing.kind()).isEqualTo(Missing.Kind.TRANSITION);
                      assertThat(missing.words())
                          .contains(from.word() + " is not followed by " + to.word());
                    });
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whateverIsTakenAwayIsExactlyWhatIsMissing() {
    return pairs(
        (process, from, to) -> {
          TransitionPolicy policy = BuiltInPolicies.of(process);
          Facts passing = Facts.passing(process);
          String transition = policy.decide(from, to, passing.facts()).transition();
          if (transition == null) {
            return;
          }
          TransitionRule rule = policy.transition(transition).orElseThrow();
          for (Gate gate : rule.approvals()) {
            Facts less = passing.drop("approvals", a -> gate.id().equals(a.get("gate")));
            assertThat(missing(policy, from, to, less)).containsExactly("approval " + gate.id());
          }
          for (RequiredDocument document : rule.documents()) {
            Facts less = passing.drop("documents", d -> document.kind().equals(d.get("kind")));
            assertThat(missing(policy, from, to, less))
                .containsExactly("document " + document.kind());
          }
          for (Requirement requirement : rule.requirements()) {
            if (requirement instanceof Requirement.Attested) {
              Facts less =
                  passing.drop("attestations", a -> requirement.id().equals(a.get("requirement")));
              assertThat(missing(policy, from, to, less))
                  .containsExactly("requirement " + requirement.id());
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> ofAnItemNothingIsKnownOfNoGatedTransitionPasses() {
    return pairs(
        (process, from, to) -> {
          TransitionPolicy policy = BuiltInPolicies.of(process);
          TransitionFacts nothing =
              TransitionFacts.of(java.util.Map.of("now", "2026-11-21T20:00:00Z"));
          Decision decision = policy.decide(from, to, nothing);
          List<TransitionRule> between = policy.between(from, to);
          boolean open = from == to || !between.isEmpty() && between.getFirst().isOpen();
          assertThat(decision.allowed()).isEqualTo(open);
        });
  }

  private interface Check {
    void of(Process process, WorkItemState from, WorkItemState to);
  }

  private static Stream<DynamicTest> pairs(Check check) {
    var tests = new ArrayList<DynamicTest>();
    for (Process process : Process.values()) {
      for (WorkItemState from : WorkItemState.values()) {
        for (WorkItemState to : WorkItemState.values()) {
          tests.add(
              DynamicTest.dynamicTest(
                  "%s: %s to %s".formatted(process.word(), from.word(), to.word()),
                  () -> check.of(process, from, to)));
        }
      }
    }
    return tests.stream();
  }

  private static List<String> missing(
      TransitionPolicy policy, WorkItemState from, WorkItemState to, Facts facts) {
    return policy.decide(from, to, facts.facts()).missing().stream()
        .map(missing -> missing.kind().word() + " " + missing.id())
        .toList();
  }
}
