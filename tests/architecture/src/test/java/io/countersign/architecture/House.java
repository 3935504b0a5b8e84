package io.countersign.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What the rules are held against: the production classes of all modules, and the fixtures. */
final class House {

  /** Root package of everything of ours. */
  static final String ROOT = "io.countersign";

  /** Every production class; neither tests nor what tests share. */
  static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/testkit/"))
          .importPackages(ROOT);

  private House() {}

  /** Root package of the fixtures of one rule: classes that break it on purpose. */
  static String fixtureRoot(String rule) {
    return ROOT + ".architecture.fixtures." + rule;
  }

  /** The fixtures of one rule. */
  static JavaClasses fixtures(String rule) {
    return new ClassFileImporter().importPackages(fixtureRoot(rule));
  }

  /** What a rule reports about classes. */
  static List<String> offences(ArchRule rule, JavaClasses classes) {
    return rule.allowEmptyShould(false).evaluate(classes).getFailureReport().getDetails();
  }
}
