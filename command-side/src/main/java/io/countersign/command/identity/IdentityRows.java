package io.countersign.command.identity;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The directory's tables, within one transaction. */
final class IdentityRows {

  /** Held while people that are new are written: rare, and short. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('countersign.identity', 0))";

  private static final String FIND =
      """
      select alias, subject
      from identity.alias
      where alias = any(?)
      """;

  private static final String KINDS =
      """
      select distinct subject, kind, scope
      from identity.alias
      where subject = any(?)
      """;

  private static final String INSERT_SUBJECTS =
      """
      insert into identity.subject (subject, created_at)
      select s, ? from unnest(?::uuid[]) s
      """;

  private static final String INSERT_ALIASES =
      """
      insert into identity.alias (alias, kind, scope, subject, created_at)
      select a.*, ? from unnest(?::bytea[], ?::text[], ?::text[], ?::uuid[]) a
      """;

  private static final String INSERT_CONFLICTS =
      """
      insert into identity.conflict (kept, other, kind, seen_at)
      select c.*, ? from unnest(?::uuid[], ?::uuid[], ?::text[]) c
      on conflict do nothing
      """;

  private static final String FORGOTTEN =
      """
      select subject
      from identity.subject
      where subject = any(?) and forgotten
      """;

  private static final String EXISTS =
      "select exists (select from identity.subject where subject = ? and not forgotten)";

  /**
   * Moves the aliases of the first parameter to the second, if there are any. All that was
   * forgotten is written anew at the same time, and times are a constant: rows tell as little as
   * can be of which erasure they are from.
   */
  private static final List<String> FORGET =
      List.of(
          """
          insert into identity.subject (subject, created_at, forgotten)
          select ?, timestamptz 'epoch', true
          where exists (select from identity.alias where subject = ?)
          """,
          """
          update identity.alias a
          set subject = case when a.subject = ? then ? else a.subject end, created_at = timestamptz 'epoch'
          from identity.subject s
          where s.subject = a.subject and (s.forgotten or a.subject = ?)
          """,
          "delete from identity.conflict where ? in (kept, other)",
          "delete from identity.subject where subject = ? and not forgotten",
          "update identity.subject set forgotten = true where forgotten");

  private final Connection connection;
  private final OffsetDateTime now;

  IdentityRows(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now.atOffset(ZoneOffset.UTC);
  }

  /** Until the transaction ends, nobody else learns of new people. */
  void lock() throws SQLException {
    try (var statement = connection.prepareStatement(LOCK)) {
      statement.execute();
    }
  }

  /** Who has these aliases, as far as anybody has. */
  Map<ByteBuffer, UUID> find(Collection<Alias> aliases) throws SQLException {
    try (var statement = connection.prepareStatement(FIND)) {
      set(statement, 1, new Column<>("bytea", byte[][]::new, Alias::bytes), aliases);
      Map<ByteBuffer, UUID> found = new HashMap<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(ByteBuffer.wrap(rows.getBytes(1)), rows.getObject(2, UUID.class));
        }
      }
      return found;
    }
  }

  /** What kinds of aliases these subjects have. */
  Map<UUID, Set<KindHere>> kinds(Collection<UUID> subjects) throws SQLException {
    Map<UUID, Set<KindHere>> kinds = new HashMap<>();
    if (!subjects.isEmpty()) {
      try (var statement = connection.prepareStatement(KINDS)) {
        set(statement, 1, new Column<>("uuid", UUID[]::new, subject -> subject), subjects);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            kinds
                .computeIfAbsent(rows.getObject(1, UUID.class), _ -> new HashSet<>())
                .add(new KindHere(rows.getString(2), rows.getString(3)));
          }
        }
      }
    }
    return kinds;
  }

  /** Which of these stand for somebody erased. */
  Set<UUID> forgotten(Collection<UUID> subjects) throws SQLException {
    Set<UUID> forgotten = new HashSet<>();
    if (!subjects.isEmpty()) {
      try (var statement = connection.prepareStatement(FORGOTTEN)) {
        set(statement, 1, new Column<>("uuid", UUID[]::new, subject -> subject), subjects);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            forgotten.add(rows.getObject(1, UUID.class));
          }
        }
      }
    }
    return forgotten;
  }

  boolean exists(UUID subject) throws SQLException {
    try (var statement = connection.prepareStatement(EXISTS)) {
      statement.setObject(1, subject);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  void forget(UUID subject, UUID instead) throws SQLException {
    List<List<UUID>> parameters =
        List.of(
            List.of(instead, subject),
            List.of(subject, instead, subject),
            List.of(subject),
            List.of(subject),
            List.of());
    for (int i = 0; i < FORGET.size(); i++) {
      try (var statement = connection.prepareStatement(FORGET.get(i))) {
        int at = 1;
        for (UUID parameter : parameters.get(i)) {
          statement.setObject(at++, parameter);
        }
        statement.executeUpdate();
      }
    }
  }

  void insertSubjects(List<UUID> subjects) throws SQLException {
    insert(INSERT_SUBJECTS, subjects, new Column<>("uuid", UUID[]::new, subject -> subject));
  }

  void insertAliases(List<Held> held) throws SQLException {
    insert(
        INSERT_ALIASES,
        held,
        new Column<>("bytea", byte[][]::new, one -> one.alias().bytes()),
        new Column<>("text", String[]::new, one -> one.alias().kind().word()),
        new Column<>("text", String[]::new, one -> one.alias().scope()),
        new Column<>("uuid", UUID[]::new, Held::subject));
  }

  void insertConflicts(List<Conflict> conflicts) throws SQLException {
    insert(
        INSERT_CONFLICTS,
        conflicts,
        new Column<>("uuid", UUID[]::new, Conflict::kept),
        new Column<>("uuid", UUID[]::new, Conflict::other),
        new Column<>("text", String[]::new, one -> one.weaker().word()));
  }

  @SafeVarargs
  private <R> void insert(String sql, List<R> rows, Column<R>... columns) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, now);
      for (int i = 0; i < columns.length; i++) {
        set(statement, i + 2, columns[i], rows);
      }
      statement.executeUpdate();
    }
  }

  private <R> void set(
      PreparedStatement statement, int parameter, Column<R> column, Collection<R> rows)
      throws SQLException {
    Object[] values = rows.stream().map(column.value()).toArray(column.array());
    statement.setArray(parameter, connection.createArrayOf(column.type(), values));
  }

  /** A kind of alias, and where it means something. */
  record KindHere(String kind, String scope) {

    static KindHere of(Alias alias) {
      return new KindHere(alias.kind().word(), alias.scope());
    }
  }

  /** An alias and who has it. */
  record Held(Alias alias, UUID subject) {}

  /** Somebody told with an alias that stays another's. */
  record Conflict(UUID kept, UUID other, Alias.Kind weaker) {}

  private record Column<R>(String type, IntFunction<Object[]> array, Function<R, Object> value) {}
}
