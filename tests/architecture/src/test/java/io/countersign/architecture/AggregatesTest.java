package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.junit.jupiter.api.Test;

/**
 * An aggregate folds its events in one exhaustive switch, so that a forgotten event does not
 * compile.
 */
class AggregatesTest {

  private static final DescribedPredicate<JavaClass> AGGREGATES =
      DescribedPredicate.describe("are aggregates", DeterminismTest::isAggregate);

  private static final ArchRule ONE_EVOLVE =
      classes().that(AGGREGATES).should(foldAllEventsInOneMethod());

  private static ArchCondition<JavaClass> foldAllEventsInOneMethod() {
    return new ArchCondition<>("have one @EventSourcingHandler that takes a sealed family") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        List<JavaMethod> handlers =
            type.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(EventSourcingHandler.class))
                .toList();
        if (handlers.size() != 1) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " has " + handlers.size() + " @EventSourcingHandler"));
          return;
        }
        List<JavaClass> parameters = handlers.getFirst().getRawParameterTypes();
        if (parameters.isEmpty() || !parameters.getFirst().reflect().isSealed()) {
          events.add(
              SimpleConditionEvent.violated(
                  type, handlers.getFirst().getFullName() + " takes no sealed family"));
        }
      }
    };
  }

  @Test
  void everyAggregateFoldsItsFamilyInOneMethod() {
    ONE_EVOLVE.check(House.PRODUCTION);
  }

  @Test
  void handlersPerEventAndNoneAtAllAreReported() {
    assertThat(House.offences(ONE_EVOLVE, House.fixtures("aggregates")))
        .anyMatch(line -> line.contains("Scattered has 2 @EventSourcingHandler"))
        .anyMatch(line -> line.contains("Forgetful has 0 @EventSourcingHandler"))
        .anyMatch(line -> line.contains("Narrow.evolve") && line.contains("no sealed family"));
  }
}
