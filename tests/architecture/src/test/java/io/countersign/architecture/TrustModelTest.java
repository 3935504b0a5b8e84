package io.countersign.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each row of the trust model names the test that shows what it says, or says that none does. */
class TrustModelTest {

  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT))`");

  /** A row of a table: whose it is, and how it would show. */
  private record Row(String store, String shows) {

    static Row of(String line) {
      String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
      return new Row(cells[0].strip(), cells[cells.length - 1].strip());
    }

    List<String> tests() {
      return NAME.matcher(shows).results().map((MatchResult name) -> name.group(1)).toList();
    }

    boolean isShownBy(Set<String> tests) {
      return tests().isEmpty() ? shows.contains("no test:") : tests.containsAll(tests());
    }
  }

  private static List<Row> rows(String page) {
    return page.lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| store |"))
        .map(Row::of)
        .toList();
  }

  private static List<String> unshown(String page, Set<String> tests) {
    return rows(page).stream().filter(row -> !row.isShownBy(tests)).map(Row::store).toList();
  }

  @Test
  void everyRowNamesATestThatIsThereOrSaysThatNoneIs() throws Exception {
    String page = Files.readString(SourceTree.root().resolve("docs/trust-model.md"));
    Set<String> tests =
        SourceTree.ofTheHouse().matching(path -> path.contains("/src/test/java/")).stream()
            .map(file -> file.name().replace(".java", ""))
            .collect(Collectors.toSet());

    assertThat(rows(page)).hasSizeGreaterThan(40);
    assertThat(unshown(page, tests)).isEmpty();
  }

  @Test
  void rowsThatNameNothingOrNothingThatIsThereAreFound() {
    String page =
        """
        | store | who could do what | how it would show |
        |---|---|---|
        | shown | the owner | by this (`SomeTest`) |
        | honest | the owner | no test: nothing shows it |
        | silent | the owner (`SomeTest`) | it would |
        | gone | the owner | by that (`SomeTest`, `GoneTest`) |
        """;

    assertThat(unshown(page, Set.of("SomeTest"))).containsExactly("silent", "gone");
  }
}
