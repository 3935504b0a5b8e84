package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The log's table: one owner, one reader beside it, and nobody changes or removes a row but the
 * purge of a payload.
 */
class LogTableTest {

  private static final Pattern THE_TABLE =
      Pattern.compile("\\beventlog\\.entry\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern REWRITES =
      Pattern.compile(
          "\\b(update|delete\\s+from|truncate(\\s+table)?|drop\\s+table(\\s+if\\s+exists)?"
              + "|merge\\s+into)\\s+(only\\s+)?eventlog\\.entry\\b",
          Pattern.CASE_INSENSITIVE);

  private static ArchRule onlyOwnerAndReaderNameIt(String root) {
    return classes()
        .that()
        .resideOutsideOfPackages(root + ".eventlog..", root + ".audit..")
        .should(sayNothingLike("eventlog.entry", text -> THE_TABLE.matcher(text).find()));
  }

  private static final ArchRule NOBODY_REWRITES_IT =
      classes()
          .should(
              sayNothingLike(
                  "update or delete on eventlog.entry", text -> REWRITES.matcher(text).find()));

  private static ArchCondition<JavaClass> sayNothingLike(String what, Predicate<String> forbidden) {
    return new ArchCondition<>("have no string constant with " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        StringConstants.of(type).stream()
            .filter(forbidden)
            .forEach(
                text ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " says: " + text.strip())));
      }
    };
  }

  private static List<String> rewritesIn(List<SourceTree.File> files) {
    return files.stream()
        .filter(file -> REWRITES.matcher(file.text()).find())
        .map(SourceTree.File::path)
        .toList();
  }

  @Test
  void onlyTheEventLogAndTheAuditReaderNameTheTable() {
    onlyOwnerAndReaderNameIt(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void othersThatNameTheTableAreReported() {
    assertThat(
            House.offences(
                onlyOwnerAndReaderNameIt(House.fixtureRoot("logtable")),
                House.fixtures("logtable")))
        .hasSize(2)
        .anyMatch(line -> line.contains("query.Prying"))
        .anyMatch(line -> line.contains("query.Rewriting"));
  }

  @Test
  void nobodyRewritesTheTable() {
    NOBODY_REWRITES_IT.check(House.PRODUCTION);
  }

  @Test
  void updatesAndDeletesAreReportedEvenInTheOwner() {
    assertThat(House.offences(NOBODY_REWRITES_IT, House.fixtures("logtable")))
        .hasSize(3)
        .anyMatch(line -> line.contains("eventlog.Forging") && line.contains("update"))
        .anyMatch(line -> line.contains("eventlog.Forging") && line.contains("delete"))
        .anyMatch(line -> line.contains("query.Rewriting"));
  }

  @Test
  void theOwnerIsFoundBySearchingConstants() {
    assertThat(House.PRODUCTION.stream())
        .anyMatch(
            type ->
                type.getPackageName().startsWith(House.ROOT + ".eventlog")
                    && StringConstants.of(type).stream()
                        .anyMatch(text -> THE_TABLE.matcher(text).find()));
  }

  @Test
  void noMigrationRewritesTheTableButTheOneThatMakesThePurgeFunction() {
    assertThat(rewritesIn(SourceTree.ofTheHouse().matching(path -> path.endsWith(".sql"))))
        .containsExactly("shared-kernel/eventlog/src/main/resources/db/eventlog/V6__purge.sql");
  }

  @Test
  void migrationsThatRewriteTheTableAreFound() {
    assertThat(
            rewritesIn(
                List.of(
                    new SourceTree.File("V9__bad.sql", "DELETE  FROM eventlog.entry where true;"),
                    new SourceTree.File(
                        "V1__good.sql",
                        "create trigger t before update or delete on eventlog.entry"))))
        .containsExactly("V9__bad.sql");
  }
}
