package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Names say what a thing is for, not that it is a thing. */
class NamesTest {

  private static final ArchRule SAY_SOMETHING =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Helpers")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Service");

  private static final ArchRule PACKAGES_SAY_SOMETHING =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..impl..", "..helper..", "..manager..", "..service..");

  private static final ArchRule ABSTRACT_IS_ABSTRACT =
      classes()
          .that()
          .haveSimpleNameStartingWith("Abstract")
          .should()
          .haveModifier(JavaModifier.ABSTRACT)
          // the house may well do without a single one
          .allowEmptyShould(true);

  @Test
  void classesAreNamedForWhatTheyDo() {
    SAY_SOMETHING.check(House.PRODUCTION);
  }

  @Test
  void emptyNamesAreReported() {
    assertThat(House.offences(SAY_SOMETHING, House.fixtures("names")))
        .hasSize(2)
        .anyMatch(line -> line.contains("DateUtils"))
        .anyMatch(line -> line.contains("DateUtils$StoreImpl"));
  }

  @Test
  void packagesAreNamedForFeatures() {
    PACKAGES_SAY_SOMETHING.check(House.PRODUCTION);
  }

  @Test
  void emptyPackageNamesAreReported() {
    assertThat(House.offences(PACKAGES_SAY_SOMETHING, House.fixtures("names")))
        .anyMatch(line -> line.contains("names.util.Dates"));
  }

  @Test
  void whatIsCalledAbstractIsAbstract() {
    ABSTRACT_IS_ABSTRACT.check(House.PRODUCTION);
  }

  @Test
  void concreteClassCalledAbstractIsReported() {
    assertThat(House.offences(ABSTRACT_IS_ABSTRACT, House.fixtures("names")))
        .anyMatch(line -> line.contains("AbstractButConcrete"));
  }
}
