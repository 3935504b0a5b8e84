package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one event changes under a savepoint, so that a poisoned one leaves the transaction as
 * it was.
 */
public final class SingleWrite {

  private final List<Table> tables;
  private final String schema;

  /**
   * Into the tables of a projection.
   *
   * @param schema where they lie
   */
  public SingleWrite(Projection<?> projection, String schema) {
    this.tables = projection.tables();
    this.schema = schema;
  }

  /**
   * Writes one event's changes.
   *
   * @param changes what it changes; what throws here is poison as well
   * @return what is wrong with it, and nothing of it is written; nothing when it is written
   * @throws RuntimeException when that failed for a reason that says nothing about the event
   */
  public @Nullable Poison write(
      Connection connection, long index, Supplier<List<RowChange>> changes) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      var buffer = new RowBuffer(tables);
      buffer.add(index, changes.get());
      buffer.flush(connection, schema);
      connection.releaseSavepoint(before);
      return null;
    } catch (RuntimeException e) {
      Poison poison = Poison.of(e);
      if (poison == null) {
        throw e;
      }
      connection.rollback(before);
      return poison;
    }
  }
}
