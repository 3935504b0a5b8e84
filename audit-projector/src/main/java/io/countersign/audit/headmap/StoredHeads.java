package io.countersign.audit.headmap;

import io.countersign.auditlog.headmap.Head;
import io.countersign.auditlog.headmap.HeadKey;
import io.countersign.auditlog.headmap.HeadMap;
import io.countersign.auditlog.headmap.HeadMapBuilder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Heads and recorded head maps, as the database has them. What it says is checked by others. */
final class StoredHeads {

  private static final int FETCH_SIZE = 2_000;

  /** In the order of the map; the unique index on (aggregate_id, sequence) holds all of it. */
  private static final String HEADS =
      """
      select sha256(convert_to(aggregate_id, 'UTF8')) as key, sequence, index
      from (
        select distinct on (aggregate_id) aggregate_id, sequence, index
        from eventlog.entry
        where index < ?
        order by aggregate_id, sequence desc) last
      order by key
      """;

  private final JdbcTemplate jdbc;
  private final JdbcClient client;
  private final TransactionTemplate transaction;

  StoredHeads(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.jdbc.setFetchSize(FETCH_SIZE);
    this.client = JdbcClient.create(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.transaction.setReadOnly(true);
  }

  /** The map over the first so many entries, by what the columns say. */
  HeadMap at(long size) {
    var builder = new HeadMapBuilder(size);
    RowCallbackHandler add =
        row ->
            builder.add(
                new Head(HeadKey.fromBytes(row.getBytes(1)), row.getLong(2), row.getLong(3)));
    // a transaction, or the driver would take all rows into memory
    transaction.executeWithoutResult(_ -> jdbc.query(HEADS, add, size));
    return builder.build();
  }

  /**
   * The head map that was recorded last.
   *
   * @param below only before this index
   */
  Optional<RecordedHeadMap> newest(long below) throws HeadMapDamagedException {
    return recorded("index < ? order by index desc limit 1", below);
  }

  /** The head map that an entry records; nothing when it records something else. */
  Optional<RecordedHeadMap> recordedBy(long index) throws HeadMapDamagedException {
    return recorded("index = ?", index);
  }

  /** When the log began; nothing while it is empty. */
  Optional<Instant> began() {
    return client
        .sql("select recorded_at from eventlog.entry where index = 0")
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  private Optional<RecordedHeadMap> recorded(String condition, long index)
      throws HeadMapDamagedException {
    Optional<byte[][]> found =
        client
            .sql("select entry, payload from eventlog.entry where name = ? and " + condition)
            .params(RecordedHeadMap.NAME, index)
            .query((row, _) -> new byte[][] {row.getBytes(1), row.getBytes(2)})
            .optional();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(RecordedHeadMap.of(found.get()[0], found.get()[1]));
  }
}
