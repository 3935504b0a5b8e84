package io.countersign.app.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.countersign.eventlog.append.LogHaltedException;
import io.countersign.eventlog.append.LogOverloadedException;
import io.countersign.eventlog.append.LogUnavailableException;
import io.countersign.eventlog.database.OutageLog;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * While the database is away the libraries say so for each connection, batch and command, every
 * time with a stack trace: a thousand lines in seconds; and when it is back, for each part of a
 * projection that another node took over meanwhile. Of what they say about that, each of their
 * loggers gets one line a minute here, without the trace and with the number of those left out.
 * Whatever else they say passes as it is, and so does everything of our own, which tells the
 * beginning and the end itself ({@link OutageLog}).
 */
final class OutageFilter extends TurboFilter {

  private static final String SELF = OutageFilter.class.getName();
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final List<String> LIBRARIES =
      List.of(
          "org.axonframework.",
          "com.github.kagkarlsson.",
          "com.zaxxer.hikari.",
          "org.springframework.",
          "reactor.");

  /** Hikari's word for a connection that was found dead; it comes without an exception. */
  private static final String DEAD_CONNECTION = "{} - Failed to validate connection {}";

  /**
   * Axon's word when a unit of work's transaction cannot be begun: rolling back what has not begun
   * hides the reason.
   */
  private static final String NOT_BEGUN = "incompatible phase: NOT_STARTED";

  /** SQLSTATE: connection, resources, intervention of an operator. */
  private static final List<String> AWAY = List.of("08", "53", "57");

  private final LongSupplier nanos;
  private final Map<String, Told> told = new HashMap<>();

  /** When a logger was last heard, and how often not since. */
  private record Told(long at, long leftOut) {}

  OutageFilter(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Puts it before all loggers; what configures the logging must be done with it. */
  static void install() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getTurboFilterList().stream().noneMatch(OutageFilter.class::isInstance)) {
      var filter = new OutageFilter(System::nanoTime);
      filter.setContext(context);
      filter.start();
      context.addTurboFilter(filter);
    }
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      @Nullable Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    if (format == null
        || !level.isGreaterOrEqual(Level.WARN)
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())
        || LIBRARIES.stream().noneMatch(logger.getName()::startsWith)) {
      return FilterReply.NEUTRAL;
    }
    Throwable failure = thrown == null ? last(parameters) : thrown;
    String outage =
        failure != null
            ? outage(failure)
            : format.startsWith(DEAD_CONNECTION) ? "dead connection" : "";
    if (outage.isEmpty()) {
      return FilterReply.NEUTRAL;
    }
    long leftOut = leftOutBefore(logger.getName());
    if (leftOut >= 0) {
      logger.callAppenders(
          new LoggingEvent(
              SELF, logger, level, line(format, parameters, outage, leftOut), null, null));
    }
    return FilterReply.DENY;
  }

  private static @Nullable Throwable last(@Nullable Object @Nullable [] parameters) {
    return parameters != null
            && parameters.length > 0
            && parameters[parameters.length - 1] instanceof Throwable last
        ? last
        : null;
  }

  /** How many were left out since the last line of this logger; negative: this one is, too. */
  private synchronized long leftOutBefore(String logger) {
    long now = nanos.getAsLong();
    Told last = told.get(logger);
    if (last != null && now - last.at() < PAUSE_NANOS) {
      told.put(logger, new Told(last.at(), last.leftOut() + 1));
      return -1;
    }
    told.put(logger, new Told(now, 0));
    return last == null ? 0 : last.leftOut();
  }

  private static String line(
      String format, @Nullable Object @Nullable [] parameters, String outage, long leftOut) {
    String message = MessageFormatter.basicArrayFormat(format, parameters);
    String more = leftOut == 0 ? "" : "; %,d about an outage were left out".formatted(leftOut);
    return "%s (%s)%s".formatted(message, outage, more);
  }

  /** Names the outage; empty when this is another failure, a wrong statement for example. */
  private static String outage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogUnavailableException
          || cause instanceof LogOverloadedException
          || cause instanceof LogHaltedException) {
        return cause.getClass().getSimpleName();
      }
      if (cause instanceof UnableToClaimTokenException) {
        return "another node has taken it over"; // what nodes do when one was away too long
      }
      if (cause instanceof IllegalStateException
          && String.valueOf(cause.getMessage()).endsWith(NOT_BEGUN)) {
        return "no transaction";
      }
      if (cause instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        if (AWAY.stream().anyMatch(state::startsWith)) {
          return "SQLSTATE " + state;
        }
        if (sql instanceof SQLTransientConnectionException
            || "Connection is closed".equals(sql.getMessage())) { // Hikari's, without a state
          return "no connection";
        }
      }
    }
    return "";
  }
}
