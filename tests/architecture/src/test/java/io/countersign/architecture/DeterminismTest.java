package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.junit.jupiter.api.Test;

/**
 * What decides, folds or translates gives the same answer tomorrow: clock and ids are arguments.
 */
class DeterminismTest {

  private static final Set<String> SOURCES_OF_CHANCE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.Random.<init>",
          "java.security.SecureRandom.<init>",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.Date.<init>",
          "java.time.InstantSource.system");

  private static final DescribedPredicate<JavaClass> MUST_BE_DETERMINISTIC =
      DescribedPredicate.describe("must be deterministic", DeterminismTest::mustBeDeterministic);

  private static final ArchRule DETERMINISTIC =
      classes().that(MUST_BE_DETERMINISTIC).should(askNeitherClockNorChance());

  private static final ArchRule WITHOUT_IO =
      noClasses()
          .that(MUST_BE_DETERMINISTIC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "java.net.http..",
              "reactor..",
              "io.r2dbc..",
              "org.springframework..");

  private static boolean mustBeDeterministic(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    String name = outermost.getSimpleName();
    return in(type, House.ROOT + ".kernel")
        || in(type, House.ROOT + ".auditlog")
        || in(type, House.ROOT + ".rules")
        || name.endsWith("Translator")
        || name.endsWith("Policy")
        || name.endsWith("Projection")
        || isAggregate(outermost);
  }

  private static boolean in(JavaClass type, String root) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }

  static boolean isAggregate(JavaClass type) {
    return type.getFields().stream().anyMatch(f -> f.isAnnotatedWith(AggregateIdentifier.class))
        || type.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(EventSourcingHandler.class));
  }

  private static ArchCondition<JavaClass> askNeitherClockNorChance() {
    return new ArchCondition<>("ask neither the clock nor chance") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getAccessesFromSelf().stream()
            .filter(access -> access.getTarget() instanceof CodeUnitAccessTarget)
            .filter(access -> isSourceOfChance((CodeUnitAccessTarget) access.getTarget()))
            .forEach(
                access -> events.add(SimpleConditionEvent.violated(type, access.getDescription())));
      }
    };
  }

  private static boolean isSourceOfChance(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String call = owner + "." + target.getName();
    boolean now = owner.startsWith("java.time.") && target.getName().equals("now");
    boolean clock = owner.equals("java.time.Clock") && !target.getName().equals("fixed");
    return SOURCES_OF_CHANCE.contains(call)
        || (now && target.getRawParameterTypes().isEmpty())
        || (clock
            && (target.getName().startsWith("system") || target.getName().startsWith("tick")));
  }

  @Test
  void whatDecidesAsksNeitherClockNorChance() {
    DETERMINISTIC.check(House.PRODUCTION);
  }

  @Test
  void whatDecidesDoesNoInputOrOutput() {
    WITHOUT_IO.check(House.PRODUCTION);
  }

  @Test
  void databasesAndReactorInWhatDecidesAreReported() {
    assertThat(House.offences(WITHOUT_IO, House.fixtures("determinism")))
        .anyMatch(line -> line.contains("AskingPolicy") && line.contains("java.sql.Connection"))
        .anyMatch(line -> line.contains("AskingPolicy") && line.contains("reactor.core"));
  }

  @Test
  void sideClassesAreCovered() {
    assertThat(House.PRODUCTION.stream().filter(DeterminismTest::mustBeDeterministic))
        .anyMatch(type -> type.getSimpleName().endsWith("Translator"))
        .anyMatch(type -> type.getSimpleName().endsWith("Projection"))
        .anyMatch(DeterminismTest::isAggregate)
        .anyMatch(type -> type.getPackageName().startsWith(House.ROOT + ".auditlog"));
  }

  @Test
  void clocksAndChanceAreReportedWhereverTheyHide() {
    assertThat(House.offences(DETERMINISTIC, House.fixtures("determinism")))
        .anyMatch(line -> line.contains("HastyTranslator") && line.contains("Instant.now()"))
        .anyMatch(line -> line.contains("HastyTranslator") && line.contains("UUID.randomUUID()"))
        .anyMatch(line -> line.contains("HastyTranslator$Part") && line.contains("LocalDate.now()"))
        .anyMatch(line -> line.contains("LuckyPolicy") && line.contains("Math.random()"))
        .anyMatch(line -> line.contains("LuckyPolicy") && line.contains("Random.<init>()"))
        .anyMatch(line -> line.contains("LateProjection") && line.contains("currentTimeMillis()"))
        .anyMatch(line -> line.contains("Thing") && line.contains("Clock.systemUTC()"))
        .noneMatch(line -> line.contains("Clock.fixed"))
        .noneMatch(line -> line.contains("Instant.now(java.time.Clock)"));
  }
}
