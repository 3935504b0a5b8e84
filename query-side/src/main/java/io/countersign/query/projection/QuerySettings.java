package io.countersign.query.projection;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the query side.
 *
 * @param node who claims segments. When empty, unique to this start: what a node that died held is
 *     then free only after {@code claimTimeout}. Where there can be only one node, a fixed name
 *     lets it go on at once. Two running nodes must never have the same name
 * @param segments parallel parts of each projection; takes effect on the first start only
 * @param batchSize most events one transaction takes
 * @param connections most connections all projections of this node use at once
 * @param claimTimeout after how long another node may take over a segment that shows no life
 * @param pollInterval how often positions of other nodes are looked up while somebody waits, and
 *     reported by this one
 * @param defaultWait how long {@code atLeast} waits when the request does not say
 * @param longestWait how long a request may ask {@code atLeast} to wait
 * @param deadLetters most events of one projection that may wait because one of them, or one before
 *     it, could not be taken; then it stops. With 0 it stops at the first
 */
@ConfigurationProperties("countersign.query")
public record QuerySettings(
    @DefaultValue("") String node,
    @DefaultValue("4") int segments,
    @DefaultValue("256") int batchSize,
    @DefaultValue("4") int connections,
    @DefaultValue("30s") Duration claimTimeout,
    @DefaultValue("100ms") Duration pollInterval,
    @DefaultValue("5s") Duration defaultWait,
    @DefaultValue("30s") Duration longestWait,
    @DefaultValue("1000") int deadLetters) {

  /** Checks the values and names the node. */
  public QuerySettings {
    if (node.isEmpty()) {
      node = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    }
    if (segments < 1 || batchSize < 1 || connections < 1) {
      throw new IllegalArgumentException(
          "countersign.query: segments, batch-size and connections must be 1 or more");
    }
    if (deadLetters < 0) {
      throw new IllegalArgumentException("countersign.query: dead-letters must be 0 or more");
    }
    if (pollInterval.toMillis() < 1 || defaultWait.compareTo(longestWait) > 0) {
      throw new IllegalArgumentException(
          "countersign.query: poll-interval must be 1ms or more, default-wait at most longest-wait");
    }
  }

  /** The defaults. */
  public static QuerySettings defaults() {
    return new QuerySettings(
        "",
        4,
        256,
        4,
        Duration.ofSeconds(30),
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        1000);
  }
}
