package io.countersign.benchmarks.projection;

import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.Events;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.postgresql.PGConnection;

/**
 * The least a rebuild can cost: each event that concerns the projection read and decoded once, and
 * the final rows copied into empty tables with their keys. One thread.
 */
final class Limit {

  private final DataSource dataSource;
  private final Projection<?> projection;

  Limit(DataSource dataSource, Projection<?> projection) {
    this.dataSource = dataSource;
    this.projection = projection;
  }

  /** Seconds of reading and decoding. */
  double reading(Serializer serializer) throws SQLException {
    var decoded = new long[1];
    long start = System.nanoTime();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      StoredEvents.scan(
          connection,
          0,
          StoredEvents.lastIndex(connection),
          new Fold<>(projection).names(Events.CATALOGUE),
          event ->
              event
                  .messages(serializer, NoOpEventUpcaster.INSTANCE)
                  .forEach(
                      message -> {
                        decoded[0] += message.getPayload().hashCode() & 1;
                        decoded[0] += message.getMetaData().size();
                      }));
      connection.rollback();
      connection.setAutoCommit(true);
    }
    if (decoded[0] == 0) {
      throw new IllegalStateException("nothing was decoded");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds of copying the rows of a schema into tables of their own. */
  double copying(String schema) throws SQLException, IOException {
    double seconds = 0;
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      var copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (Table table : projection.tables()) {
        String name = schema + "." + table.name();
        String columns =
            String.join(
                ", ",
                java.util.stream.Stream.concat(table.key().stream(), table.columns().stream())
                    .map(column -> column.name())
                    .toList());
        var rows = new ByteArrayOutputStream();
        copies.copyOut("copy %s (%s, last_index) to stdout".formatted(name, columns), rows);
        statement.execute(
            "create table public.limit_copy (like %s including defaults including generated)"
                .formatted(name));
        statement.execute(
            "alter table public.limit_copy add primary key (%s)"
                .formatted(
                    String.join(", ", table.key().stream().map(column -> column.name()).toList())));
        long start = System.nanoTime();
        copies.copyIn(
            "copy public.limit_copy (%s, last_index) from stdin".formatted(columns),
            new ByteArrayInputStream(rows.toByteArray()));
        seconds += (System.nanoTime() - start) / 1e9;
        statement.execute("drop table public.limit_copy");
      }
    }
    return seconds;
  }
}
