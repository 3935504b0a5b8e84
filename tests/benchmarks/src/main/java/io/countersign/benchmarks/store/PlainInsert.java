package io.countersign.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/** The same rows by plain JDBC: one insert of two rows, one transaction, one round trip. */
final class PlainInsert extends InProcess {

  private static final String ROW =
      "(?, ?, 'WorkItem', ?, ?, ?, ?, '1', ?, ?, 'source:azure-devops', ?, ?, ?, ?)";
  private static final String INSERT =
      """
      insert into bench_entry (entry_hash, entry, aggregate_type, aggregate_id, sequence, event_id,
        name, revision, occurred_at, recorded_at, actor, correlation_id, causation_id, payload,
        metadata)
      values
      """
          + ROW
          + ", "
          + ROW;

  PlainInsert(BenchPostgres postgres) {
    super(postgres);
  }

  @Override
  public String name() {
    return "plain JDBC insert";
  }

  @Override
  public String about() {
    return "two ready made rows, one statement, autocommit; no serializer, chain or order";
  }

  @Override
  protected Store open(DatabaseAddress address, int writers) throws SQLException {
    HikariDataSource pool = StockJdbc.pool(address, writers);
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(BenchRows.TABLE);
    }
    List<BenchRows.Row> rows = BenchRows.Row.typical();
    return new Store() {
      @Override
      public WriterLoop.Writer writer(int writer, int writers) {
        var turn = new int[1];
        return () -> insert(pool, rows, writer, turn[0]++);
      }

      @Override
      public void close() {
        pool.close();
      }
    };
  }

  private static void insert(HikariDataSource pool, List<BenchRows.Row> rows, int writer, int turn)
      throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Timestamp now = Timestamp.from(Instant.now());
      String delivery = BenchRows.eventId().toString();
      int at = 1;
      for (int i = 0; i < 2; i++) {
        BenchRows.Row row = rows.get((turn * 2 + i) % rows.size());
        insert.setBytes(at++, BenchRows.hash());
        insert.setBytes(at++, BenchRows.entry());
        insert.setString(at++, BenchRows.reference(writer, turn % 16));
        insert.setLong(at++, turn / 16 * 2L + i);
        insert.setObject(at++, BenchRows.eventId());
        insert.setString(at++, row.name());
        insert.setTimestamp(at++, now);
        insert.setTimestamp(at++, now);
        insert.setString(at++, delivery);
        insert.setString(at++, delivery);
        insert.setBytes(at++, row.payload());
        insert.setBytes(at++, row.metadata());
      }
      insert.executeUpdate();
    }
  }
}
