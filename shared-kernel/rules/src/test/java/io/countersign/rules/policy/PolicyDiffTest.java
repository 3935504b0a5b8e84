package io.countersign.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.Simulation.Answer;
import io.countersign.rules.policy.Simulation.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another policy changes, told before it is in force. */
class PolicyDiffTest {

  private static final String FILE =
      new String(BuiltInPolicies.file(Process.AGILE), StandardCharsets.UTF_8);
  private static final TransitionPolicy AGILE = BuiltInPolicies.of(Process.AGILE);

  @Test
  void aPolicyChangesNothingOfItselfWhateverItsCommentsSay() {
    assertThat(PolicyDiff.between(AGILE, policy(FILE + "# more\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roles: [release_manager, approver], notReq | roles: [release_manager], notReq | stricter: gate release_approval: role approver does not count any more",
        "roles: [release_manager, approver], notReq | roles: [release_manager, approver, qa], notReq | looser: gate release_approval: role qa counts too",
        "notRequester: true} | notRequester: true, expiresAfter: PT72H} | stricter: gate release_approval is good for PT72H, before good",
        "secondPerson: true | secondPerson: false | looser: an override needs a second person: no more",
        "justificationMinLength: 20 | justificationMinLength: 30 | stricter: a justification has 30 characters or more, before 20",
        "from: Removed, to: New | from: Removed, to: Ready | looser: is allowed now",
        "from: Removed, to: New | from: Removed, to: Ready | stricter: is not allowed any more",
        "met: item.assigned == true | met: item.assigned == true && item.hasTitle | changed: requirement assignment_validation has another condition",
        "withoutCode: [Epic, | withoutCode: [Spike, Epic, | changed: differ",
        "{parent: Epic, child: Feature, | {parent: Epic, child: Capability, | stricter: Epic to Capability is new",
        "{parent: Epic, child: Feature, | {parent: Epic, child: Capability, | looser: Epic to Feature is gone",
        "strategic_alignment} | strategic_alignment, required: false} | looser: Epic to Feature is not required any more",
        "strategic_alignment} | scope} | changed: Epic to Feature is scope, was strategic_alignment"
      })
  void eachChangeIsToldWithWhatItDoes(String what, String by, String told) {
    assertThat(FILE).contains(what);
    assertThat(PolicyDiff.between(AGILE, policy(FILE.replace(what, by))))
        .extracting(change -> change.effect().word() + ": " + change.words())
        .anyMatch(words -> words.startsWith(told));
  }

  @Test
  void whatBecomesStricterOneWayBecomesLooserTheOther() {
    TransitionPolicy cmmi = BuiltInPolicies.of(Process.CMMI);
    assertThat(words(AGILE, cmmi)).contains("stricter new-ready: gate team_lead_approval is new");
    assertThat(words(cmmi, AGILE)).contains("looser new-ready: gate team_lead_approval is gone");
  }

  @Test
  void historyWithInputsIsDecidedAgain() {
    TransitionFacts facts = Facts.passing(Process.CMMI).facts();
    TransitionFacts poor = Facts.passing(Process.CMMI).with("approvals", List.of()).facts();
    TransitionPolicy cmmi = BuiltInPolicies.of(Process.CMMI);
    assertThat(answer(cmmi, "New", "Ready", true, facts)).isEqualTo(Answer.SAME);
    assertThat(answer(cmmi, "New", "Ready", false, facts)).isEqualTo(Answer.WOULD_PASS);
    assertThat(answer(cmmi, "New", "Ready", true, poor)).isEqualTo(Answer.WOULD_BE_BLOCKED);
  }

  @Test
  void historyWithoutInputsIsOnlyJudgedWhereTheyDoNotMatter() {
    assertThat(answer(AGILE, "New", "Done", true, null)).isEqualTo(Answer.WOULD_BE_BLOCKED);
    assertThat(answer(AGILE, "New", "Done", false, null)).isEqualTo(Answer.SAME);
    assertThat(answer(AGILE, "Done", "InProgress", false, null)).isEqualTo(Answer.WOULD_PASS);
    assertThat(answer(AGILE, "New", "Ready", true, null)).isEqualTo(Answer.NOT_RERUNNABLE);
    assertThat(answer(AGILE, "InProgress", "Done", true, null)).isEqualTo(Answer.NOT_RERUNNABLE);
  }

  private static Answer answer(
      TransitionPolicy policy,
      String from,
      String to,
      boolean passed,
      @Nullable TransitionFacts facts) {
    var recorded =
        new Recorded(
            7,
            "workitem:fabrikam:1",
            "workitem.StateChanged",
            WorkItemState.of(from),
            WorkItemState.of(to),
            passed,
            facts);
    return Simulation.of(policy, recorded).answer();
  }

  private static List<String> words(TransitionPolicy before, TransitionPolicy after) {
    return PolicyDiff.between(before, after).stream()
        .map(
            change -> "%s %s: %s".formatted(change.effect().word(), change.where(), change.words()))
        .toList();
  }

  private static TransitionPolicy policy(String yaml) {
    return TransitionPolicy.read("other.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
