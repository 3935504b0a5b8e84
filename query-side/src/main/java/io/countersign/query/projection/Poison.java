package io.countersign.query.projection;

import io.countersign.eventlog.append.Outage;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an event that a projection cannot take, whenever and wherever it is tried.
 * Holds places and codes only: messages of exceptions may repeat values.
 *
 * @param code class of the error, or SQLSTATE
 * @param sqlState SQLSTATE when PostgreSQL refused its rows
 * @param error what is wrong, in a sentence
 * @param stack classes of the error and its causes, with the frames of each
 */
public record Poison(String code, @Nullable String sqlState, String error, String stack) {

  /** Data exception, integrity violation. */
  private static final Set<String> CLASSES = Set.of("22", "23");

  /** A limit of PostgreSQL that a value is beyond, as one too long for its index. */
  private static final String LIMIT = "54000";

  private static final int MOST_CAUSES = 5;
  private static final int MOST_FRAMES = 40;

  /**
   * What is wrong with the event that failed so; nothing when the failure says nothing about it:
   * the database is away, a table is missing, or nothing more may be parked.
   */
  public static @Nullable Poison of(RuntimeException failure) {
    if (failure instanceof RowsRefusedException refused) {
      return isOfData(refused.sqlState())
          ? new Poison(
              "sqlstate-" + refused.sqlState(),
              refused.sqlState(),
              String.valueOf(refused.getMessage()),
              stack(failure))
          : null;
    }
    if (failure instanceof DeadLettersFullException || Outage.behind(failure).isPresent()) {
      return null;
    }
    StackTraceElement[] frames = failure.getStackTrace();
    String code = failure.getClass().getSimpleName();
    return new Poison(
        code,
        null,
        frames.length == 0 ? code : "%s at %s".formatted(code, frames[0]),
        stack(failure));
  }

  private static boolean isOfData(String sqlState) {
    return sqlState.length() == 5
        && (CLASSES.contains(sqlState.substring(0, 2)) || sqlState.equals(LIMIT));
  }

  private static String stack(Throwable failure) {
    var text = new StringBuilder();
    Throwable cause = failure;
    for (int causes = 0; cause != null && causes < MOST_CAUSES; causes++) {
      text.append(causes == 0 ? "" : "caused by ").append(cause.getClass().getName()).append('\n');
      Stream.of(cause.getStackTrace())
          .limit(MOST_FRAMES)
          .forEach(frame -> text.append("  at ").append(frame).append('\n'));
      cause = cause.getCause();
    }
    return text.toString();
  }
}
