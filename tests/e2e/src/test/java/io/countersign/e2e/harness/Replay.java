package io.countersign.e2e.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The projections built once more from the log alone: the database is copied, the copy's read
 * models and positions are emptied, and the program itself, in the role {@code query}, replays the
 * log into them. Afterwards every row of every table must be the same, byte for byte.
 */
public final class Replay {

  private static final int FIRST_DIFFERENCES = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String COPY = "replay";

  private static final String TABLES =
      """
      select table_schema || '.' || table_name from information_schema.tables
      where table_schema like 'rm\\_%' and table_type = 'BASE TABLE'
        and table_name <> 'flyway_schema_history'
      order by 1
      """;

  private final ExternalPostgres postgres;
  private final List<String> tables;

  private Replay(ExternalPostgres postgres, List<String> tables) {
    this.postgres = postgres;
    this.tables = tables;
  }

  /**
   * Replays the log of a site whose nodes are all stopped.
   *
   * @throws AssertionError when there are no projections, or the replay does not reach the head
   */
  public static Replay of(Site site) throws Exception {
    ExternalPostgres postgres = site.postgres();
    postgres.execute("drop database if exists %s with (force)".formatted(COPY));
    postgres.execute(
        "create database %s template %s owner %s"
            .formatted(COPY, ExternalPostgres.NAME, ExternalPostgres.NAME));
    List<String> tables = column(postgres, COPY, TABLES);
    if (tables.isEmpty()) {
      throw new AssertionError("there are no projections to compare");
    }
    postgres.execute(COPY, "truncate " + String.join(", ", tables));
    postgres.execute(COPY, "truncate query.token, query.segment_position");
    rebuild(site);
    return new Replay(postgres, tables);
  }

  private static void rebuild(Site site) throws Exception {
    Path data = site.newDirectory("replay");
    site.copySecrets(data);
    var options = new ArrayList<>(site.database(COPY));
    options.addAll(List.of("--role", "query"));
    try (RunningServer server =
        RunningServer.start(
            Program.unpacked(),
            data,
            data.resolveSibling(data.getFileName() + ".txt"),
            RunningServer.freePort(),
            options)) {
      Poll.until(PATIENCE, () -> server.get("/api/v1/processors").get("items"), Replay::isComplete);
    }
  }

  private static boolean isComplete(JsonNode processors) {
    boolean complete = !processors.isEmpty();
    for (JsonNode one : processors) {
      complete &= one.get("position").asLong() == one.get("head").asLong();
    }
    return complete;
  }

  /** How many rows the live tables have. */
  public long rows() throws SQLException {
    long rows = 0;
    for (String table : tables) {
      rows += postgres.number(ExternalPostgres.NAME, "select count(*) from " + table);
    }
    return rows;
  }

  /** The first rows of each table that are not the same on both sides; empty: all are. */
  public List<String> differences() throws SQLException, IOException {
    List<String> differences = new ArrayList<>();
    try (Connection live = postgres.connect(ExternalPostgres.NAME);
        Connection replayed = postgres.connect(COPY)) {
      live.setAutoCommit(false);
      replayed.setAutoCommit(false);
      for (String table : tables) {
        compare(live, replayed, table, differences);
      }
    }
    return differences;
  }

  /** Merges the two sorted sides. */
  private static void compare(
      Connection live, Connection replayed, String table, List<String> differences)
      throws SQLException {
    String sql = "select x::text collate \"C\" as row from %s x order by 1".formatted(table);
    try (Statement left = live.createStatement();
        Statement right = replayed.createStatement();
        ResultSet mine = sorted(left, sql);
        ResultSet theirs = sorted(right, sql)) {
      String here = next(mine);
      String there = next(theirs);
      int found = 0;
      while ((!here.isEmpty() || !there.isEmpty()) && found < FIRST_DIFFERENCES) {
        int order = here.isEmpty() ? 1 : there.isEmpty() ? -1 : here.compareTo(there);
        if (order != 0) {
          found++;
          differences.add(
              order < 0
                  ? "%s: only live: %s".formatted(table, here)
                  : "%s: only in the replay: %s".formatted(table, there));
        }
        here = order <= 0 ? next(mine) : here;
        there = order >= 0 ? next(theirs) : there;
      }
    }
  }

  private static ResultSet sorted(Statement statement, String sql) throws SQLException {
    statement.setFetchSize(1000);
    return statement.executeQuery(sql);
  }

  /** Empty at the end: a row's text has at least its parentheses. */
  private static String next(ResultSet rows) throws SQLException {
    return rows.next() ? rows.getString(1) : "";
  }

  private static List<String> column(ExternalPostgres postgres, String database, String sql)
      throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
