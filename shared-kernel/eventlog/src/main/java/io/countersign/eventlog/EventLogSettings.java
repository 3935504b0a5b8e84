package io.countersign.eventlog;

import java.time.Duration;

/**
 * How the event log behaves.
 *
 * @param queueCapacity requests that may wait for the committer before commands are rejected
 * @param batchEvents most events of one batch; a single larger request goes alone
 * @param batchBytes most payload and metadata bytes of one batch; a single larger request goes
 *     alone
 * @param statementTimeout longest time of one append on the server, lock wait included. Under five
 *     seconds, so that a node that was stopped cannot delay the others longer
 * @param settleFor how long an unknown outcome is looked after before the command fails with {@link
 *     io.countersign.eventlog.append.OutcomeUnknownException}
 * @param poll safety net of the push: how often the tail looks by itself
 * @param ringEvents events kept in memory for streams that are up to date
 * @param ringBytes bytes of them
 * @param pageEvents events of one read
 */
public record EventLogSettings(
    int queueCapacity,
    int batchEvents,
    long batchBytes,
    Duration statementTimeout,
    Duration settleFor,
    Duration poll,
    int ringEvents,
    long ringBytes,
    int pageEvents) {

  /** What a node of two cores does well with. */
  public static final EventLogSettings DEFAULTS =
      new EventLogSettings(
          1_024,
          256,
          1 << 20,
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          8_192,
          32L << 20,
          512);

  /** Checks that every number is positive. */
  public EventLogSettings {
    if (queueCapacity < 1
        || batchEvents < 1
        || batchBytes < 1
        || ringEvents < 1
        || ringBytes < 1
        || pageEvents < 1) {
      throw new IllegalArgumentException("sizes must be positive");
    }
    if (!statementTimeout.isPositive() || !settleFor.isPositive() || !poll.isPositive()) {
      throw new IllegalArgumentException("times must be positive");
    }
  }

  /** The same with another queue. */
  public EventLogSettings withQueueCapacity(int capacity) {
    return new EventLogSettings(
        capacity,
        batchEvents,
        batchBytes,
        statementTimeout,
        settleFor,
        poll,
        ringEvents,
        ringBytes,
        pageEvents);
  }

  /** The same with another patience for unknown outcomes. */
  public EventLogSettings withSettleFor(Duration patience) {
    return new EventLogSettings(
        queueCapacity,
        batchEvents,
        batchBytes,
        statementTimeout,
        patience,
        poll,
        ringEvents,
        ringBytes,
        pageEvents);
  }

  /** The same with another limit of time on the server. */
  public EventLogSettings withStatementTimeout(Duration timeout) {
    return new EventLogSettings(
        queueCapacity,
        batchEvents,
        batchBytes,
        timeout,
        settleFor,
        poll,
        ringEvents,
        ringBytes,
        pageEvents);
  }

  /** The same with another safety net of the push. */
  public EventLogSettings withPoll(Duration every) {
    return new EventLogSettings(
        queueCapacity,
        batchEvents,
        batchBytes,
        statementTimeout,
        settleFor,
        every,
        ringEvents,
        ringBytes,
        pageEvents);
  }

  /** The same with other limits in memory and per read. */
  public EventLogSettings withRing(int events, int page) {
    return new EventLogSettings(
        queueCapacity,
        batchEvents,
        batchBytes,
        statementTimeout,
        settleFor,
        poll,
        events,
        ringBytes,
        page);
  }
}
