package io.countersign.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every table lives in its owner's schema, says what it is and who writes it, and has its sentence
 * in the trust model.
 */
class MigrationsTest {

  private static final Pattern CREATE =
      Pattern.compile("create table (?:if not exists )?(\\S+)\\s*\\(", Pattern.CASE_INSENSITIVE);

  private static final String FLYWAY_SCHEMA = "${flyway:defaultSchema}";

  /** A table with the migration that makes it. */
  private record Table(SourceTree.File migration, String nameAsWritten) {

    String schema() {
      return migration.path().replaceAll(".*/db/([^/]+)/[^/]+$", "$1");
    }

    String name() {
      return nameAsWritten.replace(FLYWAY_SCHEMA, schema());
    }

    boolean isInItsSchema() {
      return name().startsWith(schema() + ".");
    }

    boolean saysWhatItIs() {
      return migration.text().contains("comment on table " + nameAsWritten + " is");
    }
  }

  private static Stream<Table> tablesOf(SourceTree.File migration) {
    return CREATE
        .matcher(migration.text())
        .results()
        .map(result -> new Table(migration, result.group(1)));
  }

  private static List<Table> tables() {
    return SourceTree.ofTheHouse()
        .matching(path -> path.matches(".*/src/main/resources/db/.*/V\\d+__.*\\.sql"))
        .stream()
        .flatMap(MigrationsTest::tablesOf)
        .toList();
  }

  private static List<String> namesOf(Stream<Table> tables) {
    return tables.map(Table::name).toList();
  }

  @Test
  void everyTableIsInItsOwnersSchema() {
    assertThat(tables()).hasSizeGreaterThan(10);
    assertThat(namesOf(tables().stream().filter(table -> !table.isInItsSchema()))).isEmpty();
  }

  @Test
  void everyTableSaysWhatItIs() {
    assertThat(namesOf(tables().stream().filter(table -> !table.saysWhatItIs()))).isEmpty();
  }

  @Test
  void everyTableHasItsSentenceInTheTrustModel() throws Exception {
    String page = Files.readString(SourceTree.root().resolve("docs/trust-model.md"));

    assertThat(namesOf(tables().stream()))
        .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  @Test
  void strayAndSilentTablesAreFound() {
    var migration =
        new SourceTree.File(
            "x/src/main/resources/db/mine/V1__x.sql",
            """
            create table mine.good (id int);
            comment on table mine.good is 'x';
            create table ${flyway:defaultSchema}.fine (id int);
            comment on table ${flyway:defaultSchema}.fine is 'x';
            create table theirs.stray (id int);
            create table unqualified (id int);
            """);

    assertThat(namesOf(tablesOf(migration).filter(table -> !table.isInItsSchema())))
        .containsExactly("theirs.stray", "unqualified");
    assertThat(namesOf(tablesOf(migration).filter(table -> !table.saysWhatItIs())))
        .containsExactly("theirs.stray", "unqualified");
    assertThat(namesOf(tablesOf(migration))).contains("mine.good", "mine.fine");
  }
}
