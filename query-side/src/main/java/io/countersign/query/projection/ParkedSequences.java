package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;

/** What of a processor's events waits, in one transaction's sight: its rows are without it. */
public final class ParkedSequences {

  private final Fold<?> fold;
  private final Map<String, Parking.Parked> parked;

  private ParkedSequences(Fold<?> fold, Map<String, Parking.Parked> parked) {
    this.fold = fold;
    this.parked = parked;
  }

  /**
   * Reads them.
   *
   * @param connection in whose transaction
   */
  public static ParkedSequences read(Connection connection, Generation generation)
      throws SQLException {
    return new ParkedSequences(
        new Fold<>(generation.projection()), Parking.all(connection, generation.processor()));
  }

  /** Whether an event waits. */
  public boolean hold(long index, EventMessage<?> message) {
    if (parked.isEmpty()) {
      return false;
    }
    Parking.Parked sequence = parked.get(fold.sequenceName(message));
    return sequence != null && index >= sequence.firstEntry();
  }

  /** How many sequences wait. */
  public int size() {
    return parked.size();
  }
}
