package io.countersign.architecture;

import static com.tngtech.archunit.core.domain.AccessTarget.Predicates.declaredIn;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.junit.jupiter.api.Test;

/** What the ground offers and nobody may stand on; the reasons are in ADR 0002 and 0003. */
class ForbiddenGroundTest {

  private static final ArchRule NOTHING_THAT_GOES_AWAY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.axonframework.modelling.saga..",
              "org.axonframework.deadline..",
              "org.axonframework.eventhandling.scheduling..",
              "org.axonframework.axonserver..",
              "com.thoughtworks.xstream..",
              "jakarta.persistence..",
              "org.hibernate..",
              "com.fasterxml.jackson.databind..");

  /**
   * A create-if-missing aggregate that was marked deleted is created anew, over its own history.
   */
  private static final ArchRule NO_AGGREGATE_ENDS =
      noClasses()
          .should()
          .accessTargetWhere(
              declaredIn(AggregateLifecycle.class)
                  .and(name("markDeleted"))
                  .onResultOf(access -> access.getTarget()));

  @Test
  void nothingThatGoesAwayIsUsed() {
    NOTHING_THAT_GOES_AWAY.check(House.PRODUCTION);
  }

  @Test
  void sagasAndDeadlinesAndOldJacksonAreReported() {
    assertThat(House.offences(NOTHING_THAT_GOES_AWAY, House.fixtures("ground")))
        .anyMatch(line -> line.contains("org.axonframework.modelling.saga.EndSaga"))
        .anyMatch(line -> line.contains("org.axonframework.deadline.DeadlineManager"));
  }

  @Test
  void noAggregateIsMarkedDeleted() {
    NO_AGGREGATE_ENDS.check(House.PRODUCTION);
  }

  @Test
  void markingAnAggregateDeletedIsReported() {
    assertThat(House.offences(NO_AGGREGATE_ENDS, House.fixtures("ground")))
        .anyMatch(line -> line.contains("Sinking.end"));
  }
}
