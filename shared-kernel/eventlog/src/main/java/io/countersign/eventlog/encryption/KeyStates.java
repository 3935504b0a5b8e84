package io.countersign.eventlog.encryption;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** What became of data keys, without opening any: for those who verify and hold no master key. */
public final class KeyStates {

  private static final String FIND =
      "select id, destroyed_at is not null from eventlog.data_key where id = any (?)";

  private final DataSource dataSource;

  /** Takes a connection for each question. */
  public KeyStates(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What became of a key. */
  public enum State {
    /** It is there. */
    HELD,
    /** It was destroyed, and the database remembers that. */
    DESTROYED,
    /** The database does not know it. */
    UNKNOWN
  }

  /** The state of each of these keys. */
  public Map<UUID, State> of(Collection<UUID> ids) {
    var states = new HashMap<UUID, State>();
    if (ids.isEmpty()) {
      return states;
    }
    ids.forEach(id -> states.put(id, State.UNKNOWN));
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, connection.createArrayOf("uuid", states.keySet().toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          states.put(
              rows.getObject(1, UUID.class), rows.getBoolean(2) ? State.DESTROYED : State.HELD);
        }
      }
      return states;
    } catch (SQLException e) {
      throw new IllegalStateException("the data keys cannot be read", e);
    }
  }
}
