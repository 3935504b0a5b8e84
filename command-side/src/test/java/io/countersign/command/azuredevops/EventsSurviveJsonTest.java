package io.countersign.command.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the fixtures become can be written as JSON and read back the same. */
class EventsSurviveJsonTest {

  private final JsonMapper json = JsonMapper.builder().build();

  @Test
  void everyEventOfEveryFixtureIsReadBackAsItWas() throws Exception {
    Set<Class<?>> seen = new HashSet<>();
    try (HikariDataSource dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 4)) {
      IdentityDirectory.SCHEMA.migrate(dataSource);
      for (Path file : fixtures()) {
        try (CommandSide commandSide = new CommandSide(dataSource, new TestKeys())) {
          commandSide.handle(Files.readAllBytes(file));
          for (Object event : commandSide.events()) {
            byte[] written = json.writeValueAsBytes(event);
            assertThat(json.readValue(written, event.getClass())).isEqualTo(event);
            assertThat(json.writeValueAsBytes(json.readValue(written, event.getClass())))
                .isEqualTo(written);
            seen.add(event.getClass());
          }
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(15);
  }

  private static List<Path> fixtures() throws Exception {
    try (Stream<Path> list = Files.list(PayloadTableTest.fixtures())) {
      return list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
