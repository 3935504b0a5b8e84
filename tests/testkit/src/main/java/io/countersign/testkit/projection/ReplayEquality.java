package io.countersign.testkit.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Holds a projection to its promise: the rows it keeps live are, byte for byte, those a replay of
 * the same events makes, however the events are cut into batches and even when some come again.
 * Replays go into schemas of their own, made and dropped here.
 *
 * @param <E> what is fed, for example an event with its index
 */
public final class ReplayEquality<E> {

  private static final int FIRST_DIFFERENCES = 10;

  private final DataSource dataSource;
  private final String liveSchema;
  private final Feed<E> feed;

  /**
   * Applies one batch of events to the tables of a schema, in one transaction that is committed.
   *
   * @param <E> what is fed
   */
  @FunctionalInterface
  public interface Feed<E> {

    /** Applies a batch in order. */
    void apply(Connection connection, String schema, List<E> batch) throws SQLException;
  }

  /** The live tables lie in {@code liveSchema}. */
  public ReplayEquality(DataSource dataSource, String liveSchema, Feed<E> feed) {
    this.dataSource = dataSource;
    this.liveSchema = liveSchema;
    this.feed = feed;
  }

  /**
   * Replays all events in one batch, one by one, in batches of seven, and in batches that overlap,
   * and compares every table each time.
   *
   * @param events everything the live tables have seen, in order
   * @throws AssertionError with the keys of the first rows that differ
   */
  public void verify(List<E> events) throws SQLException {
    Map<String, List<List<E>>> cuts = new TreeMap<>();
    cuts.put("whole", List.of(events));
    cuts.put("single", cut(events, 1, 0));
    cuts.put("sevens", cut(events, 7, 0));
    cuts.put("again", cut(events, 7, 3));
    for (var cut : cuts.entrySet()) {
      String schema = liveSchema + "_" + cut.getKey();
      try (Connection connection = dataSource.getConnection()) {
        List<String> tables = copyTables(connection, schema);
        if (tables.isEmpty()) {
          throw new AssertionError(liveSchema + " has no tables");
        }
        connection.setAutoCommit(false);
        for (List<E> batch : cut.getValue()) {
          feed.apply(connection, schema, batch);
          connection.commit();
        }
        List<String> differences = new ArrayList<>();
        for (String table : tables) {
          differences.addAll(differences(connection, schema, table));
        }
        connection.rollback();
        connection.setAutoCommit(true);
        if (!differences.isEmpty()) {
          throw new AssertionError(
              "replay '%s' differs from the live rows:%n%s"
                  .formatted(cut.getKey(), String.join(System.lineSeparator(), differences)));
        }
        execute(connection, "drop schema " + schema + " cascade");
      }
    }
  }

  private static <E> List<List<E>> cut(List<E> events, int size, int again) {
    List<List<E>> batches = new ArrayList<>();
    for (int from = 0; from < events.size(); from += size) {
      batches.add(events.subList(Math.max(0, from - again), Math.min(from + size, events.size())));
    }
    return batches;
  }

  private List<String> copyTables(Connection connection, String schema) throws SQLException {
    execute(connection, "drop schema if exists " + schema + " cascade");
    execute(connection, "create schema " + schema);
    List<String> tables = new ArrayList<>();
    try (var statement =
        connection.prepareStatement(
            """
            select table_name from information_schema.tables
            where table_schema = ? and table_type = 'BASE TABLE'
              and table_name <> 'flyway_schema_history'
            order by table_name
            """)) {
      statement.setString(1, liveSchema);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
    }
    for (String table : tables) {
      execute(
          connection,
          "create table %s.%s (like %s.%s including all)"
              .formatted(schema, table, liveSchema, table));
    }
    return tables;
  }

  private List<String> differences(Connection connection, String schema, String table)
      throws SQLException {
    String key = keyOf(connection, table);
    String sql =
        """
        select coalesce(live.key, replay.key) as key,
               case when live.row is null then 'only in the replay'
                    when replay.row is null then 'only in the live rows'
                    else 'differs in ' || (
                      select string_agg(l.key, ', ' order by l.key)
                      from jsonb_each(live.row) l
                      where l.value is distinct from replay.row -> l.key)
               end as difference
        from (select concat_ws(' ', %1$s) as key, to_jsonb(x) as row, x::text as text
              from %2$s.%4$s x) live
        full join (select concat_ws(' ', %1$s) as key, to_jsonb(x) as row, x::text as text
              from %3$s.%4$s x) replay on live.key = replay.key
        where live.text is distinct from replay.text
        order by 1 limit %5$d
        """
            .formatted(key, liveSchema, schema, table, FIRST_DIFFERENCES);
    List<String> differences = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        differences.add(
            "  %s [%s]: %s".formatted(table, rows.getString("key"), rows.getString("difference")));
      }
    }
    return differences;
  }

  private String keyOf(Connection connection, String table) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            select string_agg('x.' || quote_ident(a.attname), ', ' order by k.place)
            from pg_index i
            cross join unnest(i.indkey::int2[]) with ordinality as k (attribute, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attribute
            where i.indisprimary and i.indrelid = (?::text)::regclass
            """)) {
      statement.setString(1, liveSchema + "." + table);
      try (var rows = statement.executeQuery()) {
        String key = rows.next() ? rows.getString(1) : null;
        if (key == null) {
          throw new AssertionError(liveSchema + "." + table + " has no primary key");
        }
        return key;
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
