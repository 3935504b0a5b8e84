package io.countersign.app.database;

import io.countersign.app.StartRefused;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Brings every schema to the version this program wants, before anything else uses the database.
 */
public final class SchemaMigration {

  private SchemaMigration() {}

  /** Migrates in the given order, on connections of its own. */
  public static void migrate(DatabaseAddress address, List<Schema> schemas) {
    var source = new DriverManagerDataSource(address.url(), address.user(), address.password());
    for (Schema schema : schemas) {
      try {
        schema.migrate(source);
      } catch (FlywayValidateException e) {
        throw new StartRefused(
            ("the schema %s in this database was made by another version of countersign, one that"
                    + " this version cannot follow: start that version, or use another database")
                .formatted(schema.name()),
            e);
      } catch (FlywayException e) {
        throw new StartRefused(
            ("the schema %s cannot be brought to this version: may the role %s create schemas and"
                    + " tables in this database? (--verbose shows the cause)")
                .formatted(schema.name(), address.user()),
            e);
      }
    }
  }
}
