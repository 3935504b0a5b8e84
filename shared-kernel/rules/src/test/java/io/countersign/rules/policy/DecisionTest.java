package io.countersign.rules.policy;

import static io.countersign.kernel.workitem.WorkItemState.NEW;
import static io.countersign.kernel.workitem.WorkItemState.READY;
import static io.countersign.kernel.workitem.WorkItemState.STAGING;
import static io.countersign.kernel.workitem.WorkItemState.TESTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.kernel.access.Role;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is missing is said in words a person can act on, and a decision can be made again. */
class DecisionTest {

  private static final TransitionPolicy CMMI = BuiltInPolicies.of(Process.CMMI);
  private static final Facts PASSING = Facts.passing(Process.CMMI);

  @Test
  void anApprovalOfSomebodyWhoWorkedOnTheItemDoesNotCount() {
    assertThat(words(TESTING, STAGING, PASSING.with("workers", List.of("quentin", "wanda"))))
        .containsExactly(
            "needs 1 approval of gate test_report_review by a principal with role qa; quentin's does"
                + " not count: quentin worked on the item");
  }

  @Test
  void whoWorkedOnTheItemMustBeKnown() {
    assertThat(words(NEW, READY, PASSING.without("workers")))
        .containsExactly(
            "needs 1 approval of gate team_lead_approval by a principal with role team_lead; tess's"
                + " does not count: who worked on the item is not known");
  }

  @Test
  void whoIsLinkedToNobodyIsNotShownToBeAStranger() {
    Map<String, Object> unlinked = new HashMap<>();
    unlinked.putAll(approval("principal:tina", "team_lead", "approved", 8, 12));
    unlinked.put("linked", false);
    assertThat(words(NEW, READY, withoutTeamLead().and("approvals", unlinked)))
        .singleElement()
        .asString()
        .endsWith(
            "principal:tina's does not count: principal:tina is linked to no person, so it cannot be"
                + " shown who worked on the item");
  }

  @Test
  void anApprovalIsForTheRevisionItWasGivenFor() {
    assertThat(words(NEW, READY, PASSING.item("revision", 13)))
        .containsExactly(
            "needs 1 approval of gate team_lead_approval by a principal with role team_lead; tess's"
                + " does not count: it was given for revision 12, the item is at 13");
  }

  @Test
  void aRoleCountsThatWasHeldWhenItWasGiven() {
    Facts other = withoutTeamLead().and("approvals", approval("alice", "qa", "approved", 8, 12));
    assertThat(words(NEW, READY, other))
        .singleElement()
        .asString()
        .endsWith("alice's does not count: alice did not have role team_lead");
  }

  @Test
  void aRejectionStandsUntilAnApprovalAfterIt() {
    Facts rejected = PASSING.and("approvals", approval("tom", "team_lead", "rejected", 9, 12));
    assertThat(words(NEW, READY, rejected))
        .containsExactly("gate team_lead_approval was rejected by tom and not approved since");
    Facts answered = rejected.and("approvals", approval("tina", "team_lead", "approved", 10, 12));
    assertThat(words(NEW, READY, answered)).isEmpty();
    Facts byNobody = PASSING.and("approvals", approval("tom", "viewer", "rejected", 9, 12));
    assertThat(words(NEW, READY, byNobody)).isEmpty();
  }

  @Test
  void whoTakesAnApprovalBackHasNotApproved() {
    Facts revoked = PASSING.and("approvals", approval("tess", "team_lead", "revoked", 9, 12));
    assertThat(words(NEW, READY, revoked))
        .containsExactly(
            "needs 1 approval of gate team_lead_approval by a principal with role team_lead");
  }

  @Test
  void approvalsOfTheFutureAndExpiredOnesDoNotCount() {
    Facts late = withoutTeamLead().with("now", "2026-11-01T07:00:00Z");
    Facts early = late.and("approvals", approval("tess", "team_lead", "approved", 8, 12));
    assertThat(words(NEW, READY, early)).anyMatch(words -> words.endsWith("it was given later"));
  }

  @Test
  void aGateOfSeveralCountsPeopleNotApprovals() {
    var gate =
        new Gate("g", "t", Set.of(Role.QA), 2, false, false, false, Duration.ofHours(72), false);
    Facts none = PASSING.with("approvals", List.of()).with("now", "2026-11-03T10:00:00Z");
    Facts one =
        none.and("approvals", given("g", "ann", "qa", "approved", 11, 1))
            .and("approvals", given("g", "ann", "qa", "approved", 12, 1));
    GateCheck.Result once = new GateCheck(one.facts()).of(gate);
    assertThat(once.missing().orElseThrow().words())
        .isEqualTo("needs 2 approvals of gate g by principals with role qa, has 1");
    Facts two = one.and("approvals", given("g", "bob", "qa", "approved", 13, 1));
    assertThat(new GateCheck(two.facts()).of(gate).missing()).isEmpty();
    Facts older = two.with("now", "2026-11-04T12:30:00Z");
    assertThat(new GateCheck(older.facts()).of(gate).missing().orElseThrow().words())
        .isEqualTo(
            "needs 2 approvals of gate g by principals with role qa, has 1; ann's does not count:"
                + " it has expired");
  }

  @Test
  void onePersonCannotPassTwoGatesThatNeedPeopleOfTheirOwn() {
    Facts same =
        PASSING
            .drop("approvals", a -> "test_report_review".equals(a.get("gate")))
            .and("approvals", given("test_report_review", "quinn", "qa", "approved", 11, 12));
    assertThat(CMMI.decide(TESTING, STAGING, same.facts()).missing())
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.kind()).isEqualTo(Missing.Kind.SEGREGATION);
              assertThat(missing.words()).contains("only quinn approved");
            });
  }

  @Test
  void whatCannotBeEvaluatedSaysSoAndBlocks() {
    assertThat(words(NEW, READY, PASSING.without("item").with("item", Map.of("revision", 12))))
        .anyMatch(
            words ->
                words.equals(
                    "needs that somebody is assigned to the item, which could not be evaluated: key"
                        + " 'assigned' is not present in map"));
  }

  @Test
  void aDocumentWithoutDigestIsNotEnough() {
    Facts bare =
        PASSING
            .drop("documents", d -> true)
            .and("documents", Map.of("kind", "requirement_specification"));
    assertThat(words(NEW, READY, bare))
        .containsExactly(
            "needs a document of kind requirement_specification (what is wanted and how it is"
                + " accepted); the one recorded has no digest");
  }

  @Test
  void aDecisionIsMadeAgainFromWhatItCarries() {
    Facts some = PASSING.with("workers", List.of("quentin"));
    Decision first = CMMI.decide(TESTING, STAGING, some.facts());
    var again = new HashMapFromJson(first.inputs()).map();
    Decision second = CMMI.decide(first.from(), first.to(), TransitionFacts.of(again));
    assertThat(second).isEqualTo(first);
    assertThat(second.inputsSha256()).isEqualTo(first.inputsSha256()).hasSize(64);
    assertThat(CMMI.decide(TESTING, STAGING, PASSING.facts()).inputsSha256())
        .isNotEqualTo(first.inputsSha256());
  }

  @Test
  void factsThatAreNoneAreRefused() {
    for (Map<String, ?> wrong :
        List.<Map<String, ?>>of(
            Map.of(),
            Map.of("now", "yesterday"),
            Map.of("now", Instant.EPOCH, "itme", Map.of()),
            Map.of("now", Instant.EPOCH, "workers", "wanda"),
            Map.of("now", Instant.EPOCH, "approvals", List.of(Map.of("gate", "g"))))) {
      assertThatThrownBy(() -> TransitionFacts.of(wrong))
          .as(wrong.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anOverrideSaysWhatItLacks() {
    OverrideTerms terms = new OverrideTerms(Set.of(Role.RELEASE_MANAGER), true, 20);
    var rene = new OverrideTerms.Person("rene", Set.of("release_manager"));
    var vic = new OverrideTerms.Person("vic", Set.of("viewer"));
    var rosa = new OverrideTerms.Person("rosa", Set.of("release_manager"));
    assertThat(terms.lacking(rene, rosa, "the customer's line is down")).isEmpty();
    assertThat(terms.lacking(vic, null, "now"))
        .containsExactly(
            "vic has none of the roles release_manager",
            "a second person with role release_manager must agree",
            "the justification has 3 characters; 20 are needed");
    assertThat(terms.lacking(rene, rene, "the customer's line is down"))
        .containsExactly("rene cannot be the second person too");
  }

  private static Facts withoutTeamLead() {
    return PASSING.drop("approvals", a -> "team_lead_approval".equals(a.get("gate")));
  }

  private static Map<String, Object> approval(
      String by, String role, String decision, int hour, int revision) {
    return given("team_lead_approval", by, role, decision, hour, revision);
  }

  private static Map<String, Object> given(
      String gate, String by, String role, String decision, int hour, int revision) {
    return Map.of(
        "gate", gate,
        "by", by,
        "roles", List.of(role),
        "at", "2026-11-01T%02d:00:00Z".formatted(hour),
        "revision", revision,
        "decision", decision);
  }

  private static List<String> words(WorkItemState from, WorkItemState to, Facts facts) {
    return CMMI.decide(from, to, facts.facts()).missing().stream().map(Missing::words).toList();
  }

  /** JSON is YAML, and a reader of that is at hand. */
  private record HashMapFromJson(String json) {

    @SuppressWarnings("unchecked")
    Map<String, Object> map() {
      return (Map<String, Object>)
          io.countersign.rules.yaml.YamlFile.read(
                  "inputs", json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
              .plain();
    }
  }
}
