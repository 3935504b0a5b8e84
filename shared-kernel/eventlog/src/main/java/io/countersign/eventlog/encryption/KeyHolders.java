package io.countersign.eventlog.encryption;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Which nodes may still hold destroyed keys in memory, by what {@link KeyHolder}s announced. */
public final class KeyHolders {

  /** A node's lock; the parameter is its id as text. */
  static final String LOCK_OF_NODE = "hashtextextended(?, 4849336966747728214)";

  private static final String NODES =
      "select node, destructions from eventlog.key_holder order by node";

  private static final String HAS_ENDED = "select pg_try_advisory_xact_lock(" + LOCK_OF_NODE + ")";

  private static final String FORGET = "delete from eventlog.key_holder where node = ?";

  private final DataSource dataSource;

  /** On the database of the key ring. */
  public KeyHolders(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * How far the nodes are. Rows of nodes that ended are removed on the way.
   *
   * @param destructions the state they have to reach
   */
  public Standing standing(long destructions) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Standing standing = standing(connection, destructions);
        connection.commit();
        return standing;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the holders of keys cannot be read", e);
    }
  }

  static Standing standing(Connection connection, long destructions) throws SQLException {
    int reached = 0;
    List<UUID> behind = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(NODES)) {
      while (rows.next()) {
        UUID node = rows.getObject(1, UUID.class);
        if (hasEnded(connection, node)) {
          forget(connection, node);
        } else if (rows.getLong(2) < destructions) {
          behind.add(node);
        } else {
          reached++;
        }
      }
    }
    return new Standing(reached, behind);
  }

  private static boolean hasEnded(Connection connection, UUID node) throws SQLException {
    try (var statement = connection.prepareStatement(HAS_ENDED)) {
      statement.setString(1, node.toString());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  private static void forget(Connection connection, UUID node) throws SQLException {
    try (var statement = connection.prepareStatement(FORGET)) {
      statement.setObject(1, node);
      statement.executeUpdate();
    }
  }

  /**
   * How far the nodes are.
   *
   * @param reached live nodes that have dropped all keys destroyed until then
   * @param behind live nodes that have not said so
   */
  public record Standing(int reached, List<UUID> behind) {

    /** Copies. */
    public Standing {
      behind = List.copyOf(behind);
    }

    /** Nobody holds them any more. */
    public boolean isComplete() {
      return behind.isEmpty() && reached > 0;
    }
  }
}
