package io.countersign.peers.bench;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Questions to the database. */
final class Sql {

  private Sql() {}

  /** One number. */
  static long number(MeasuredPostgres postgres, String database, String sql) throws SQLException {
    try (var connection = postgres.connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** One text, of the server. */
  static String text(MeasuredPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.connect("postgres");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Rows of a notification's id and a moment, as microseconds since the epoch. */
  static Map<UUID, Long> moments(MeasuredPostgres postgres, String database, String sql)
      throws SQLException {
    var moments = new HashMap<UUID, Long>();
    try (var connection = postgres.connect(database);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select id::uuid, (extract(epoch from at) * 1000000)::bigint from (%s) moments(id, at)"
                    .formatted(sql))) {
      while (rows.next()) {
        moments.put(rows.getObject(1, UUID.class), rows.getLong(2));
      }
    }
    return moments;
  }
}
