package io.countersign.command.identity;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The directory's tables, within one transaction. */
final class IdentityRows {

  /** Held while somebody new is written: rare, and short. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('countersign.identity', 0))";

  private static final String FIND =
      """
      select alias, subject
      from identity.alias
      where alias = any(?)
      """;

  private static final String HAS =
      """
      select exists (
        select 1
        from identity.alias
        where subject = ? and kind = ? and scope = ?)
      """;

  private static final String INSERT_SUBJECT =
      "insert into identity.subject (subject, created_at) values (?, ?)";

  private static final String INSERT_ALIAS =
      """
      insert into identity.alias (alias, kind, scope, subject, created_at)
      values (?, ?, ?, ?, ?)
      """;

  private static final String INSERT_CONFLICT =
      """
      insert into identity.conflict (kept, other, kind, seen_at)
      values (?, ?, ?, ?)
      on conflict do nothing
      """;

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

  Map<ByteBuffer, UUID> find(List<Alias> aliases) throws SQLException {
    byte[][] hashes = aliases.stream().map(Alias::bytes).toArray(byte[][]::new);
    try (var statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, connection.createArrayOf("bytea", hashes));
      Map<ByteBuffer, UUID> found = new HashMap<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(ByteBuffer.wrap(rows.getBytes(1)), rows.getObject(2, UUID.class));
        }
      }
      return found;
    }
  }

  /** Whether the subject has another alias of one of these kinds: then it is somebody else. */
  boolean hasAny(UUID subject, List<Alias> told) throws SQLException {
    for (Alias alias : told) {
      try (var statement = connection.prepareStatement(HAS)) {
        statement.setObject(1, subject);
        statement.setString(2, alias.kind().word());
        statement.setString(3, alias.scope());
        try (var rows = statement.executeQuery()) {
          if (rows.next() && rows.getBoolean(1)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  void insertSubject(UUID subject) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT_SUBJECT)) {
      statement.setObject(1, subject);
      statement.setObject(2, now);
      statement.executeUpdate();
    }
  }

  void insertAlias(Alias alias, UUID subject) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT_ALIAS)) {
      statement.setBytes(1, alias.bytes());
      statement.setString(2, alias.kind().word());
      statement.setString(3, alias.scope());
      statement.setObject(4, subject);
      statement.setObject(5, now);
      statement.executeUpdate();
    }
  }

  void insertConflict(UUID kept, UUID other, Alias weaker) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT_CONFLICT)) {
      statement.setObject(1, kept);
      statement.setObject(2, other);
      statement.setString(3, weaker.kind().word());
      statement.setObject(4, now);
      statement.executeUpdate();
    }
  }
}
