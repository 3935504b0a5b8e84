package io.countersign.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.rules.yaml.FaultyFileException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy with faults is refused, with all of them and where they stand. */
class PolicyReaderTest {

  private static final String SOUND =
      """
      apiVersion: countersign.dev/policy/v1
      kind: TransitionPolicy
      metadata: {id: small, version: 1.0.0, process: agile, title: Small}
      states: [New, Ready, Done]
      transitions:
        - id: start
          title: Start
          from: New
          to: Ready
          requirements:
            - id: assigned
              title: somebody is assigned
              met: item.assigned == true
              examples: [{expect: met}, {set: {item.assigned: false}, expect: unmet}]
          examples: [{expect: allowed}, {set: {item.assigned: false}, expect: blocked, missing: [assigned]}]
        - {id: finish, title: Finish, from: [New, Ready], to: Done}
      examples: {base: {now: 2026-11-01T08:00:00Z, item: {assigned: true}}}
      """;

  @Test
  void aSmallPolicyIsRead() {
    TransitionPolicy policy = read(SOUND);
    assertThat(policy.stamp().id()).isEqualTo("small");
    assertThat(policy.transitions()).hasSize(2).allMatch(t -> t.sha256().length() == 64);
    assertThat(policy.stamp().sha256()).isNotEqualTo(read(SOUND + "\n").stamp().sha256());
    assertThat(policy.transitions())
        .extracting(TransitionRule::sha256)
        .isEqualTo(
            read("# x\n" + SOUND).transitions().stream().map(TransitionRule::sha256).toList());
  }

  @Test
  void allFaultsAreToldTogetherInTheOrderOfTheFile() {
    String faulty =
        SOUND
            .replace("kind: TransitionPolicy", "kind: Policy")
            .replace("process: agile", "process: waterfall")
            .replace("met: item.assigned == true", "met: item.assigned ==")
            .replace("from: [New, Ready], to: Done", "from: [New, Redy], to: Done, gate: x");
    assertThat(faults(faulty))
        .hasSizeGreaterThanOrEqualTo(5)
        .anyMatch(f -> f.startsWith("p.yaml:2:7: /kind: must be TransitionPolicy"))
        .anyMatch(f -> f.startsWith("p.yaml:3:48: /metadata/process: unknown process 'waterfall'"))
        .anyMatch(f -> f.startsWith("p.yaml:13:14: /transitions/0/requirements/0/met: at 1:17 of"))
        .anyMatch(f -> f.startsWith("p.yaml:16:45: /transitions/1/from/1: unknown state 'Redy'"))
        .anyMatch(f -> f.contains("/transitions/1/gate: unknown key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "expect: met}, {set: {item.assigned: false}, expect: unmet} | expect: met} | no example expects unmet",
        "expect: met}, {set | expect: unmet}, {set | expects unmet, but it is met",
        "met: item.assigned == true | met: 'true' | expects unmet, but it is met",
        "expect: blocked, missing: [assigned] | expect: blocked, missing: [other] | but missing are [assigned]",
        "expect: blocked, missing: [assigned] | expect: blocked | names what is 'missing'",
        "{expect: allowed}, | ~~ | no example expects allowed",
        "id: finish | id: start | transition 'start' is there twice",
        "from: [New, Ready], to: Done | from: New, to: Ready | is for the same states and fits first",
        "to: Done} | to: Done, skips: [nowhere]} | which is no transition",
        "to: Done} | to: Testing} | names a state that 'states' does not",
        "met: item.assigned == true | attestedBy: [king] | unknown role 'king'",
        "title: Finish | title: ' ' | text is expected",
        "id: finish | id: Fin ish | a name of small letters",
        "item: {assigned: true} | item: {assigned: true}, facts: 1 | facts have no 'facts'",
        "to: Done} | to: Done, approvals: [{gate: g, title: t, roles: [qa], count: 0}]} | a whole number from 1 to 20",
        "to: Done} | to: Done, approvals: [{gate: g, title: t, roles: [qa], expiresAfter: 3 days}]} | ISO duration",
        "to: Done} | to: Done, approvals: [{gate: g, title: t}]} | 'roles' is missing",
        "to: Done} | to: Done, documents: [{kind: d, title: t}, {kind: d, title: u}]} | document 'd' is there twice"
      })
  void eachFaultIsFound(String what, String by, String words) {
    assertThat(SOUND).contains(what);
    assertThat(faults(SOUND.replace(what, by))).anyMatch(fault -> fault.contains(words));
  }

  @Test
  void aFileThatIsNoPolicyAtAllIsRefusedWithoutMoreAdo() {
    for (String other : List.of("[]", "x", "{}", "transitions: 1\nstates: {}", "metadata: []")) {
      assertThat(faults(other)).as(other).isNotEmpty();
    }
  }

  private static TransitionPolicy read(String yaml) {
    return TransitionPolicy.read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> faults(String yaml) {
    FaultyFileException refused = catchThrowableOfType(FaultyFileException.class, () -> read(yaml));
    assertThat(refused).as("refused").isNotNull();
    return refused.faults().stream().map(Object::toString).toList();
  }
}
