package io.countersign.command.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every payload there is, each alone on an empty log: outcome, events, why. The expected table is
 * checked in; payloads kept beside the repository are in it too, and skipped where they are absent.
 */
class PayloadTableTest {

  private static HikariDataSource dataSource;

  @BeforeAll
  static void openDatabase() {
    dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 4);
    IdentityDirectory.SCHEMA.migrate(dataSource);
  }

  @AfterAll
  static void closeDatabase() {
    dataSource.close();
  }

  @Test
  void everyPayloadHasItsOutcome() throws Exception {
    Map<String, String> expected = expected();
    Map<String, String> actual = new LinkedHashMap<>();
    for (Path file : files()) {
      actual.put(name(file), row(file));
    }
    actual.forEach((file, row) -> System.out.println(file + " | " + row));

    assertThat(actual).isNotEmpty();
    assertThat(expected.keySet()).containsAll(actual.keySet());
    actual.forEach((file, row) -> assertThat(row).as(file).isEqualTo(expected.get(file)));
    long own = actual.keySet().stream().filter(file -> file.startsWith("fixtures/")).count();
    assertThat(expected.keySet().stream().filter(file -> file.startsWith("fixtures/")))
        .hasSize((int) own);
    if (shared() != null) {
      assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    }
  }

  private static String row(Path file) throws Exception {
    try (CommandSide commandSide = new CommandSide(dataSource, new TestKeys())) {
      Outcome outcome = commandSide.handle(Files.readAllBytes(file));
      String events = String.join(", ", commandSide.names());
      return switch (outcome) {
        case Outcome.Handled(List<String> aggregates) ->
            "handled | " + events + " | " + String.join(", ", aggregates);
        case Outcome.Ignored(String code, String detail) ->
            "ignored | " + events + " | " + code + ": " + detail;
        case Outcome.Quarantined(String code, String detail) ->
            "quarantined | " + events + " | " + code + ": " + detail;
      };
    }
  }

  private static Map<String, String> expected() throws IOException {
    Map<String, String> expected = new LinkedHashMap<>();
    try (var in =
        Objects.requireNonNull(PayloadTableTest.class.getResourceAsStream("/payload-table.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                String[] parts = line.split(" \\| ", 2);
                expected.put(parts[0], parts[1]);
              });
    }
    return expected;
  }

  private static List<Path> files() throws Exception {
    List<Path> files = new ArrayList<>(json(fixtures()));
    if (shared() != null) {
      files.addAll(json(shared()));
    }
    return files;
  }

  private static List<Path> json(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static String name(Path file) {
    return Objects.requireNonNull(file.getParent()).getFileName() + "/" + file.getFileName();
  }

  static Path fixtures() throws Exception {
    return Path.of(Objects.requireNonNull(PayloadTableTest.class.getResource("/fixtures")).toURI());
  }

  private static Path shared() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path payloads = folder.resolve("shared/data/azure-devops/payloads");
      if (Files.isDirectory(payloads)) {
        return payloads;
      }
    }
    return null;
  }
}
