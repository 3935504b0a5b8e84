package io.countersign.audit.scrub;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Verifying the log again in the background, on nodes with the role audit.
 *
 * @param scrubRate how many entries a second at most; 0 turns it off. At 200 a log of a million
 *     entries is read anew within an hour and a half
 */
@ConfigurationProperties("countersign.audit")
public record ScrubSettings(@DefaultValue("200") int scrubRate) {

  /** Checks the rate. */
  public ScrubSettings {
    if (scrubRate < 0) {
      throw new IllegalArgumentException("countersign.audit.scrub-rate: 0 or more");
    }
  }
}
