package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.countersign.kernel.access.Open;
import io.countersign.kernel.access.RequiresPermission;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMapping;

/** Deny by default: every HTTP handler says what it needs, and there is no way round. */
class HttpHandlersTest {

  private static final ArchRule DECLARED =
      methods()
          .that()
          .areMetaAnnotatedWith(RequestMapping.class)
          .should(declareAPermissionOrSayWhyNot());

  private static final ArchRule ANNOTATED_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.springframework.web.reactive.function.server.RouterFunction")
          .because("functional routes carry no annotation that the permission check could read");

  private static ArchCondition<JavaMethod> declareAPermissionOrSayWhyNot() {
    return new ArchCondition<>("carry either @RequiresPermission or @Open with a reason") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean needs = method.isAnnotatedWith(RequiresPermission.class);
        boolean open = method.isAnnotatedWith(Open.class);
        if (needs == open) {
          events.add(
              SimpleConditionEvent.violated(
                  method,
                  method.getFullName() + " declares " + (needs ? "both" : "no permission")));
        }
        if (open && method.getAnnotationOfType(Open.class).value().isBlank()) {
          events.add(
              SimpleConditionEvent.violated(
                  method, method.getFullName() + " is open without a reason"));
        }
      }
    };
  }

  @Test
  void everyHandlerDeclaresItsPermission() {
    DECLARED.check(House.PRODUCTION);
  }

  @Test
  void handlersWithoutPermissionAreReported() {
    assertThat(House.offences(DECLARED, House.fixtures("http")))
        .hasSize(3)
        .anyMatch(line -> line.contains("Doors.forgotten") && line.contains("no permission"))
        .anyMatch(line -> line.contains("Doors.undecided") && line.contains("both"))
        .anyMatch(line -> line.contains("Doors.openForNoReason"));
  }

  @Test
  void thereAreNoFunctionalRoutes() {
    ANNOTATED_ONLY.check(House.PRODUCTION);
  }

  @Test
  void functionalRoutesAreReported() {
    assertThat(House.offences(ANNOTATED_ONLY, House.fixtures("http")))
        .anyMatch(line -> line.contains("BackDoor"));
  }
}
