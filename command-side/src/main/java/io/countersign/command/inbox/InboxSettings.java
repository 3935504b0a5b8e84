package io.countersign.command.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the inbox takes and how it works it off.
 *
 * @param maxBatch deliveries in one commit
 * @param maxQueued deliveries that wait for a commit; more are answered 503
 * @param maxHeldBytes bytes of bodies being read or waiting for a commit; more are answered 503
 * @param maxBacklog committed deliveries that wait to be handled; more are answered 503
 * @param maxAge age of the oldest waiting delivery beyond which new ones are answered 503. Longer
 *     than all backoffs together, or one failing delivery would stop the rest
 * @param maxWait longest a delivery taken now may have to wait for being handled, as far as can be
 *     foreseen; from a tenth of it on, fewer are taken and the rest is answered 503
 * @param retryAfter what 503 asks senders to wait, when it is not for the wait
 * @param commitTimeout how long a request waits for its commit
 * @param workers deliveries handled at once on this node
 * @param maxAttempts attempts before a delivery is quarantined; those that failed because the log
 *     or the database was away or overloaded do not count
 * @param attemptTimeout how long one attempt may take before it is interrupted and counts as failed
 * @param firstBackoff wait after the first failed attempt; doubles each time, with jitter
 * @param maxBackoff longest wait between attempts. A delivery in backoff holds its lane: order
 *     within a work item is kept up to the attempts limit
 * @param lease how long a lane stays with a node that no longer renews
 * @param minPoll shortest pause between looks at an empty inbox
 * @param maxPoll longest pause
 * @param stopDeadline how long stopping waits for deliveries in flight
 * @param retentionDays days after which bodies and their key are destroyed
 */
@ConfigurationProperties("countersign.inbox")
public record InboxSettings(
    @DefaultValue("256") int maxBatch,
    @DefaultValue("2048") int maxQueued,
    @DefaultValue("67108864") long maxHeldBytes,
    @DefaultValue("100000") int maxBacklog,
    @DefaultValue("6h") Duration maxAge,
    @DefaultValue("30s") Duration maxWait,
    @DefaultValue("5s") Duration retryAfter,
    @DefaultValue("15s") Duration commitTimeout,
    @DefaultValue("64") int workers,
    @DefaultValue("8") int maxAttempts,
    @DefaultValue("2m") Duration attemptTimeout,
    @DefaultValue("2s") Duration firstBackoff,
    @DefaultValue("5m") Duration maxBackoff,
    @DefaultValue("10s") Duration lease,
    @DefaultValue("500ms") Duration minPoll,
    @DefaultValue("5s") Duration maxPoll,
    @DefaultValue("20s") Duration stopDeadline,
    @DefaultValue("30") int retentionDays) {

  /** Checks that the values make sense together. */
  public InboxSettings {
    if (maxBatch < 1 || maxQueued < 1 || maxHeldBytes < 1 || maxBacklog < 1) {
      throw new IllegalArgumentException("countersign.inbox: limits must be at least 1");
    }
    if (workers < 1 || maxAttempts < 1 || retentionDays < 1) {
      throw new IllegalArgumentException(
          "countersign.inbox: workers, max-attempts and retention-days must be at least 1");
    }
    if (maxWait.toMillis() < 1_000) {
      throw new IllegalArgumentException("countersign.inbox.max-wait: at least 1 s");
    }
    if (lease.toMillis() < 100) {
      throw new IllegalArgumentException("countersign.inbox.lease: at least 100 ms");
    }
  }

  /** The defaults. */
  public static InboxSettings defaults() {
    return new InboxSettings(
        256,
        2048,
        64L << 20,
        100_000,
        Duration.ofHours(6),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        64,
        8,
        Duration.ofMinutes(2),
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        30);
  }
}
