package io.countersign.command.automation;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what automations intend is done, on nodes with the role command.
 *
 * @param node who claims automations. When empty, unique to this start: what a node that died held
 *     is then free only after a while. Two running nodes must never have the same name
 * @param threads intents run at once on this node. None holds a database connection while its
 *     effect runs; each takes one of the pool for moments
 * @param poll how often what became due is looked for, beside at once after an event on this node
 * @param heartbeat how often a node shows that it still runs an intent; after six missed ones
 *     another node runs it again
 * @param maxAttempts attempts before an intent has failed and waits for somebody
 * @param firstBackoff pause after the first failed attempt; doubles each time, with jitter
 * @param maxBackoff longest pause between attempts
 * @param keepDays how long intents that are over can be looked at
 */
@ConfigurationProperties("countersign.automation")
public record AutomationSettings(
    @DefaultValue("") String node,
    @DefaultValue("4") int threads,
    @DefaultValue("1s") Duration poll,
    @DefaultValue("5s") Duration heartbeat,
    @DefaultValue("10") int maxAttempts,
    @DefaultValue("1s") Duration firstBackoff,
    @DefaultValue("5m") Duration maxBackoff,
    @DefaultValue("30") int keepDays) {

  /** Checks the values and names the node. */
  public AutomationSettings {
    if (node.isEmpty()) {
      node = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    }
    if (threads < 1 || maxAttempts < 1 || keepDays < 1) {
      throw new IllegalArgumentException(
          "countersign.automation: threads, max-attempts and keep-days must be at least 1");
    }
    if (poll.toMillis() < 1 || heartbeat.toMillis() < 1 || firstBackoff.toMillis() < 1) {
      throw new IllegalArgumentException(
          "countersign.automation: poll, heartbeat and first-backoff must be at least 1ms");
    }
  }
}
