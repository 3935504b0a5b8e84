package io.countersign.eventlog.database;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A schema with its one owner: the module whose migrations make it. Nobody else writes to its
 * tables.
 *
 * @param name schema in the database; also holds its migration history
 * @param location class path folder of the migrations, for example {@code db/eventlog}
 */
public record Schema(String name, String location) {

  /** The event log's own schema. */
  public static final Schema EVENTLOG = new Schema("eventlog", "db/eventlog");

  /** Brings this schema to the newest version. Safe to call from several nodes at once. */
  public void migrate(DataSource dataSource) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(dataSource)
        .schemas(name)
        .defaultSchema(name)
        .createSchemas(true)
        .locations("classpath:" + location)
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .load()
        .migrate();
  }

  /** Migrates several, in order. */
  public static void migrateAll(DataSource dataSource, Schema... schemas) {
    List<Schema> all = Arrays.asList(schemas);
    all.forEach(schema -> schema.migrate(dataSource));
  }
}
