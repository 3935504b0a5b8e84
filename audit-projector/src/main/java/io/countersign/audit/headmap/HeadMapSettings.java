package io.countersign.audit.headmap;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Head maps of the audit log, on nodes with the role audit.
 *
 * @param headMapInterval how long after the last head map the next one is recorded, when anything
 *     but the log's own housekeeping was added since. Entries of an aggregate can be proven
 *     complete up to the last one
 */
@ConfigurationProperties("countersign.audit")
public record HeadMapSettings(@DefaultValue("1h") Duration headMapInterval) {

  /** Checks the interval. */
  public HeadMapSettings {
    if (headMapInterval.isNegative() || headMapInterval.isZero()) {
      throw new IllegalArgumentException(
          "countersign.audit.head-map-interval: longer than nothing");
    }
  }
}
