package io.countersign.app.access;

import io.countersign.eventlog.database.Schema;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Principals in the database. Safe to use from several nodes and threads. */
public final class PrincipalStore {

  /** Where they are kept. */
  public static final Schema SCHEMA = new Schema("principal", "db/principal");

  private static final String COLUMNS =
      "name, roles, created_at, created_by, expires_at, revoked_at, token_hash";

  private final Connections connections;
  private final InstantSource clock;

  /** A store that takes its connections from there. */
  public PrincipalStore(Connections connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  /** Gives a connection; the store closes it. */
  @FunctionalInterface
  public interface Connections {

    /** A connection in auto-commit mode. */
    Connection open() throws SQLException;
  }

  /**
   * A principal with the hash its token has to have.
   *
   * @param row the principal
   * @param tokenHash SHA-256
   */
  record Found(PrincipalRow row, byte[] tokenHash) {}

  /**
   * Adds a principal with a new token. The token is told here and never again.
   *
   * @param by actor reference, or {@code cli}
   * @return the token, or nothing when the name was given before
   */
  public Optional<String> add(NewPrincipal principal, String by) {
    Token token = Token.random();
    return insert(principal, token, by) ? Optional.of(token.text()) : Optional.empty();
  }

  boolean insert(NewPrincipal principal, Token token, String by) {
    String sql =
        """
        insert into principal.principal (name, roles, token_hash, created_at, created_by, expires_at)
        values (?, ?, ?, ?, ?, ?)
        on conflict (name) do nothing
        """;
    try (var connection = connections.open();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, principal.name());
      statement.setArray(
          2,
          connection.createArrayOf(
              "text", principal.roles().stream().map(Role::word).sorted().toArray()));
      statement.setBytes(3, token.hash());
      statement.setTimestamp(4, Timestamp.from(clock.instant()));
      statement.setString(5, by);
      statement.setTimestamp(6, principal.expiresAt().map(Timestamp::from).orElse(null));
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot add a principal", e);
    }
  }

  /** A principal whose token is accepted now. */
  public Optional<Principal> active(String name) {
    String sql = "select " + COLUMNS + " from principal.principal where name = ?";
    try (var connection = connections.open();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(read(rows).row())
                .filter(row -> row.stateAt(clock.instant()).equals("active"))
                .map(row -> new Principal(row.name(), row.roles()))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look up a principal", e);
    }
  }

  /** All, by name, the revoked ones too. */
  public List<PrincipalRow> list() {
    String sql = "select " + COLUMNS + " from principal.principal order by name";
    try (var connection = connections.open();
        var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      var all = new ArrayList<PrincipalRow>();
      while (rows.next()) {
        all.add(read(rows).row());
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot list principals", e);
    }
  }

  /**
   * Refuses the principal's token from now on. Revoking again changes nothing.
   *
   * @return false when there is no such principal
   */
  public boolean revoke(String name) {
    String sql =
        """
        update principal.principal set revoked_at = coalesce(revoked_at, ?) where name = ?
        """;
    try (var connection = connections.open();
        var statement = connection.prepareStatement(sql)) {
      statement.setTimestamp(1, Timestamp.from(clock.instant()));
      statement.setString(2, name);
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot revoke a principal", e);
    }
  }

  Optional<Found> byTokenHash(byte[] hash) {
    String sql = "select " + COLUMNS + " from principal.principal where token_hash = ?";
    try (var connection = connections.open();
        var statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, hash);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(read(rows)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look up a principal", e);
    }
  }

  private static Found read(ResultSet rows) throws SQLException {
    var roles = (String[]) rows.getArray("roles").getArray();
    return new Found(
        new PrincipalRow(
            rows.getString("name"),
            Arrays.stream(roles).map(Role::of).collect(Collectors.toUnmodifiableSet()),
            rows.getTimestamp("created_at").toInstant(),
            rows.getString("created_by"),
            instant(rows, "expires_at"),
            instant(rows, "revoked_at")),
        rows.getBytes("token_hash"));
  }

  private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    Timestamp value = rows.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
