package io.countersign.eventlog.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * A schema with its one owner: the module whose migrations make it. Nobody else writes to its
 * tables.
 *
 * @param name schema in the database; also holds its migration history
 * @param location class path folder of the migrations, for example {@code db/eventlog}
 * @param copies statement that lists other schemas that the same migrations make; absent: none
 */
public record Schema(String name, String location, @Nullable String copies) {

  /** The event log's own schema. */
  public static final Schema EVENTLOG = new Schema("eventlog", "db/eventlog");

  /** A schema that there is once. */
  public Schema(String name, String location) {
    this(name, location, null);
  }

  /**
   * Brings this schema, and its copies, to the newest version. Safe to call from several nodes at
   * once.
   */
  public void migrate(DataSource dataSource) {
    flyway(dataSource).migrate();
    copies(dataSource).forEach(copy -> copy(copy).migrate(dataSource));
  }

  private List<String> copies(DataSource dataSource) {
    if (copies == null) {
      return List.of();
    }
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(copies)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new FlywayException("the copies of schema %s cannot be listed".formatted(name), e);
    }
  }

  /** Another schema that the same migrations make. */
  public Schema copy(String otherName) {
    return new Schema(otherName, location);
  }

  /** Whether there is a migration it has not seen yet. */
  public boolean isBehind(DataSource dataSource) {
    return flyway(dataSource).info().pending().length > 0;
  }

  private Flyway flyway(DataSource dataSource) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(dataSource)
        .schemas(name)
        .defaultSchema(name)
        .createSchemas(true)
        .locations("classpath:" + location)
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .load();
  }

  /** Migrates several, in order. */
  public static void migrateAll(DataSource dataSource, Schema... schemas) {
    List<Schema> all = Arrays.asList(schemas);
    all.forEach(schema -> schema.migrate(dataSource));
  }
}
