package io.countersign.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Packages by feature: none knows another that knows it, each is null-marked. */
class PackagesTest {

  private static final DescribedPredicate<JavaClass> CANONICAL_STATE =
      DescribedPredicate.describe(
          "the canonical state", type -> type.getSimpleName().equals("WorkItemState"));

  /** A module's root package is no feature: it holds the wiring and what all its features share. */
  private static ArchRule freeOfCycles(String root) {
    return slices()
        .matching(root + ".(*).(**)")
        .should()
        .beFreeOfCycles()
        // a project maps its states to the canonical ones, a work item names its project
        .ignoreDependency(resideInAPackage(House.ROOT + ".kernel.project"), CANONICAL_STATE);
  }

  private static final ArchRule NULL_MARKED =
      classes()
          .should(
              new ArchCondition<>("live in a package marked @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getName() + ": its package is not @NullMarked"));
                }
              });

  @Test
  void packagesAreFreeOfCycles() {
    freeOfCycles(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void twoFeaturesThatKnowEachOtherAreReported() {
    assertThat(House.offences(freeOfCycles(House.fixtureRoot("cycle")), House.fixtures("cycle")))
        .anyMatch(line -> line.contains("Slice side - one") && line.contains("Slice side - two"));
  }

  @Test
  void everyPackageIsNullMarked() {
    NULL_MARKED.check(House.PRODUCTION);
  }

  @Test
  void packageWithoutNullMarkedIsReported() {
    assertThat(House.offences(NULL_MARKED, House.fixtures("cycle")))
        .anyMatch(line -> line.contains("cycle.side.one.One"));
  }
}
