package io.countersign.query.projection;

import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where batches end says nothing about the rows: that makes live rows and replayed ones equal. */
class BatchesTest {

  private static final Column LAST = Column.of("a_last", TEXT);
  private static final Column FIRST = Column.first("a_first", BIGINT);
  private static final Column FLAG = Column.flag("a_flag");
  private static final Column RANGES = Column.ranges("a_range");
  private static final Column GREATEST = Column.greatest("a_greatest");
  private static final Column NEWEST = Column.newest("a_newest", TEXT, GREATEST);
  private static final Table TABLE =
      new Table(
          "thing",
          List.of(Column.of("id", TEXT)),
          List.of(LAST, FIRST, FLAG, RANGES, GREATEST, NEWEST));

  private static RowChange change(Random random) {
    RowChange.Builder change = TABLE.row("thing:" + random.nextInt(3));
    if (random.nextBoolean()) {
      change.set(LAST, random.nextInt(4) == 0 ? null : "last " + random.nextInt());
    }
    if (random.nextBoolean()) {
      change.set(FIRST, random.nextInt(4) == 0 ? null : random.nextLong());
    }
    if (random.nextBoolean()) {
      change.set(FLAG, random.nextBoolean());
    }
    if (random.nextBoolean()) {
      int low = random.nextInt(50);
      change.set(RANGES, "[%d,%d)".formatted(low, low + 1 + random.nextInt(9)));
    }
    if (random.nextBoolean()) {
      int update = random.nextInt(6);
      change.set(GREATEST, update).set(NEWEST, "told by " + update + " " + random.nextInt());
    }
    return change.build();
  }

  private static List<String> rows(HikariDataSource dataSource, Random random, long seed)
      throws SQLException {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    jdbc.sql("truncate batches.thing").update();
    var changes = new Random(seed);
    var buffer = new RowBuffer(List.of(TABLE));
    try (Connection connection = dataSource.getConnection()) {
      for (int index = 0; index < 40; index++) {
        buffer.add(index, List.of(change(changes)));
        if (random.nextInt(4) == 0) {
          buffer.flush(connection, "batches");
        }
      }
      buffer.flush(connection, "batches");
    }
    return jdbc.sql("select t::text from batches.thing t order by id").query(String.class).list();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rowsAreTheSameWhereverBatchesEnd(long seed) throws SQLException {
    try (HikariDataSource dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 2)) {
      JdbcClient.create(dataSource)
          .sql(
              """
              create schema batches;
              create table batches.thing (id text primary key, a_last text, a_first bigint,
                a_flag boolean not null, a_range int4multirange not null, a_greatest integer,
                a_newest text, last_index bigint not null)
              """)
          .update();
      List<List<String>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(rows(dataSource, new Random(100 * seed + i), seed));
      }
      assertThat(all.stream().distinct().toList()).hasSize(1);
    }
  }
}
