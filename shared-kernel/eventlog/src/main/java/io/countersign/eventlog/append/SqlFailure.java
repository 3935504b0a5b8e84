package io.countersign.eventlog.append;

import java.sql.SQLException;
import java.util.Set;

/** What a failed statement means for what it was to store. */
enum SqlFailure {

  /** The connection is gone: the batch may be stored or not. */
  LOST,
  /** Rolled back, and not for the sake of a row: disk, memory, locks, a server that only reads. */
  UNAVAILABLE,
  /** Nothing is taken until somebody has decided. */
  HALTED,
  /** Rolled back because of a row. */
  REFUSED;

  /** What {@code eventlog.append} raises while {@code eventlog.halt} has a row. */
  private static final String HALT = "CS001";

  private static final Set<String> LOST_CLASSES = Set.of("08");
  private static final Set<String> LOST_STATES =
      Set.of("40003", "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04");
  private static final Set<String> UNAVAILABLE_CLASSES =
      Set.of("0A", "25", "26", "28", "3D", "3F", "40", "42", "53", "55", "57", "58", "F0");
  private static final Set<String> UNAVAILABLE_STATES = Set.of("XX001", "XX002");

  /** What the driver says when something broke that it has no word for. */
  private static final Set<String> DRIVER_STATES = Set.of("60000", "99999");

  /** By SQLSTATE; a failure without one never came from the server. */
  static SqlFailure of(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null || state.length() != 5) {
      return LOST;
    }
    if (state.equals(HALT)) {
      return HALTED;
    }
    String group = state.substring(0, 2);
    if (LOST_CLASSES.contains(group)
        || LOST_STATES.contains(state)
        || DRIVER_STATES.contains(state)) {
      return LOST;
    }
    if (UNAVAILABLE_CLASSES.contains(group) || UNAVAILABLE_STATES.contains(state)) {
      return UNAVAILABLE;
    }
    return REFUSED;
  }
}
