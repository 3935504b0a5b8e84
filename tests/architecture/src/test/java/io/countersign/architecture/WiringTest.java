package io.countersign.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;

/** Beans are made where one can read it: constructors, one configuration per feature, no scan. */
class WiringTest {

  private static final ArchRule NO_FIELD_INJECTION =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .orShould()
          .beAnnotatedWith(Value.class)
          .orShould()
          .beAnnotatedWith("jakarta.inject.Inject")
          .orShould()
          .beAnnotatedWith("jakarta.annotation.Resource");

  private static final ArchRule NO_COMPONENT_SCAN =
      noClasses()
          .should()
          .beAnnotatedWith(Component.class)
          .orShould()
          .beAnnotatedWith(Service.class)
          .orShould()
          .beAnnotatedWith(Repository.class)
          .orShould()
          .beMetaAnnotatedWith(ComponentScan.class);

  private static final ArchRule LITE_CONFIGURATION =
      classes()
          .that(describe("are configurations", type -> type.isAnnotatedWith(Configuration.class)))
          .should(
              new ArchCondition<JavaClass>("say proxyBeanMethods = false") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (type.getAnnotationOfType(Configuration.class).proxyBeanMethods()) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " proxies its bean methods"));
                  }
                }
              });

  @Test
  void nothingIsInjectedIntoFields() {
    NO_FIELD_INJECTION.check(House.PRODUCTION);
  }

  @Test
  void injectedFieldsAreReported() {
    assertThat(House.offences(NO_FIELD_INJECTION, House.fixtures("wiring")))
        .hasSize(2)
        .anyMatch(line -> line.contains("Found.clock"))
        .anyMatch(line -> line.contains("Found.name"));
  }

  @Test
  void nothingIsFoundByScanning() {
    NO_COMPONENT_SCAN.check(House.PRODUCTION);
  }

  @Test
  void scannedComponentsAreReported() {
    assertThat(House.offences(NO_COMPONENT_SCAN, House.fixtures("wiring")))
        .hasSize(2)
        .anyMatch(line -> line.contains("wiring.Found"))
        .anyMatch(line -> line.contains("wiring.Scanning"));
  }

  @Test
  void configurationsAreNotProxied() {
    LITE_CONFIGURATION.check(House.PRODUCTION);
  }

  @Test
  void proxiedConfigurationIsReported() {
    assertThat(House.offences(LITE_CONFIGURATION, House.fixtures("wiring")))
        .containsExactly(House.fixtureRoot("wiring") + ".Proxied proxies its bean methods");
  }
}
