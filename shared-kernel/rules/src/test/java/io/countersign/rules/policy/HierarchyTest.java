package io.countersign.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.kernel.project.Process;
import io.countersign.rules.yaml.FaultyFileException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy says about how work items hang together. */
class HierarchyTest {

  @ParameterizedTest
  @CsvSource({
    "BASIC, Issue, Epic|Issue|Task|Test Case|Bug, Issue|Task, false",
    "AGILE, User Story, Epic|Feature|User Story|Task|Test Case|Bug, Feature|User Story|Task, true",
    "SCRUM, Product Backlog Item, Epic|Feature|Product Backlog Item|Task|Test Case|Bug,"
        + " Feature|Product Backlog Item|Task, true",
    "CMMI, Requirement, Epic|Feature|Requirement|Task|Test Case|Bug, Feature|Requirement|Task, true"
  })
  void eachProcessHasItsRequirementsAndWhatNeedsAParent(
      Process process, String requirement, String types, String dependents, boolean tested) {
    Hierarchy hierarchy = BuiltInPolicies.of(process).hierarchy();
    assertThat(hierarchy.requirements()).containsExactly(requirement);
    assertThat(hierarchy.tasks()).containsExactly("Task");
    assertThat(hierarchy.tests()).containsExactly("Test Case");
    assertThat(hierarchy.types()).containsExactlyInAnyOrder(types.split("\\|"));
    assertThat(hierarchy.dependents()).containsExactlyInAnyOrder(dependents.split("\\|"));
    assertThat(hierarchy.tested().contains(requirement)).isEqualTo(tested);
  }

  @ParameterizedTest
  @EnumSource(Process.class)
  void theHierarchyAloneIsReadAsThePolicyReadsIt(Process process) {
    assertThat(Hierarchy.read("policy", BuiltInPolicies.file(process)))
        .isEqualTo(BuiltInPolicies.of(process).hierarchy());
  }

  @Test
  void aPolicyThatSaysNothingOfItHasAnEmptyOne() {
    assertThat(read("kind: TransitionPolicy\n").isEmpty()).isTrue();
  }

  @Test
  void aLinkIsRequiredUnlessItSaysOtherwise() {
    assertThat(
            read("""
                    traceability:
                      - {parent: A, child: B, rationale: why}
                      - {parent: A, child: C, rationale: why, required: false}
                    """)
                .traces())
        .extracting(Trace::required)
        .containsExactly(true, false);
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    assertThatThrownBy(() -> read("traceability: [{parent: A, child: B}]"))
        .isInstanceOf(FaultyFileException.class)
        .hasMessageContaining("'rationale' is missing");
    String link = "{parent: A, child: B, rationale: why}";
    assertThatThrownBy(() -> read("traceability: [%s, %s]".formatted(link, link)))
        .hasMessageContaining("the link 'A to B' is there twice");
  }

  private static Hierarchy read(String yaml) {
    return Hierarchy.read("policy", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
