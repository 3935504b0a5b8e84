package io.countersign.query.replay;

import io.countersign.eventlog.stream.StoredEvent;
import java.sql.SQLException;

/** A replay did not come to its end: nothing is known of its result. */
public final class ReplayFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Failed.
   *
   * @param message where and by what code; no values
   */
  public ReplayFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An event cannot be read or folded. */
  public static ReplayFailedException at(StoredEvent event, RuntimeException cause) {
    return new ReplayFailedException(
        "entry %d, %s, cannot be replayed: %s"
            .formatted(event.index(), event.name(), cause.getClass().getSimpleName()),
        cause);
  }

  /** The database failed. */
  public static ReplayFailedException of(SQLException cause) {
    return new ReplayFailedException("the database failed, SQLSTATE " + cause.getSQLState(), cause);
  }
}
