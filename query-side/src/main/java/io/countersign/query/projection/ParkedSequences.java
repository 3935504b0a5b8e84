package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;

/** What of a processor's events waits, in one transaction's sight: its rows are without it. */
public final class ParkedSequences {

  private final Map<String, Parking.Parked> parked;

  private ParkedSequences(Map<String, Parking.Parked> parked) {
    this.parked = parked;
  }

  /**
   * Reads them.
   *
   * @param connection in whose transaction
   */
  public static ParkedSequences read(Connection connection, String processor) throws SQLException {
    return new ParkedSequences(Parking.all(connection, processor));
  }

  /** Whether an event waits. */
  public boolean hold(long index, EventMessage<?> message) {
    if (parked.isEmpty()) {
      return false;
    }
    Parking.Parked sequence = parked.get(ProjectionProcessors.sequenceName(message));
    return sequence != null && index >= sequence.firstEntry();
  }

  /** How many sequences wait. */
  public int size() {
    return parked.size();
  }
}
