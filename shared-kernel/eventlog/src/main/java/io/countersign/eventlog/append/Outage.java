package io.countersign.eventlog.append;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Tells failures that say nothing about the work that failed: the log or the database is away or
 * overloaded. Such work is to be tried again for as long as it takes.
 */
public enum Outage {
  /** More waits for the log than it may keep. */
  LOG_OVERLOADED("log-overloaded"),
  /** The log cannot take events now, or did not say whether it has. */
  LOG_UNAVAILABLE("log-unavailable"),
  /** The log takes nothing until somebody has decided what becomes of it. */
  LOG_HALTED("log-halted"),
  /** The database cannot be reached, or cannot work now. */
  DATABASE_UNAVAILABLE("database-unavailable");

  private final String code;

  Outage(String code) {
    this.code = code;
  }

  /** For people and tables. */
  public String code() {
    return code;
  }

  /** The outage behind a failure; empty when the failure is of the work's own. */
  public static Optional<Outage> behind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogOverloadedException) {
        return Optional.of(LOG_OVERLOADED);
      }
      if (cause instanceof LogHaltedException) {
        return Optional.of(LOG_HALTED);
      }
      if (cause instanceof LogUnavailableException || cause instanceof OutcomeUnknownException) {
        return Optional.of(LOG_UNAVAILABLE);
      }
      if (cause instanceof SQLException sql && SqlFailure.of(sql) != SqlFailure.REFUSED) {
        return Optional.of(DATABASE_UNAVAILABLE);
      }
    }
    return Optional.empty();
  }
}
