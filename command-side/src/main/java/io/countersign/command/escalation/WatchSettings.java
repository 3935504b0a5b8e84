package io.countersign.command.escalation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What raises an escalation by itself without an event, on nodes with the role command.
 *
 * @param every how often is looked
 * @param calm what held again within this time never stopped: it is the same spell, and raises
 *     nothing anew
 * @param quarantined so many deliveries put into quarantine within the window raise one; 0: none
 * @param quarantineWindow the window
 * @param silence a webhook subscription that delivered nothing for so long raises one; after ten
 *     times as long nobody waits for it any more. Longer than a weekend; 0s: none
 * @param untold whether a project raises one that changed while no webhook told of it, as
 *     reconciling found
 * @param writesGivenUp whether each work item raises one whose write to Azure DevOps was given up
 * @param intentsFailed whether anything else that was given up raises one
 */
@ConfigurationProperties("countersign.escalation.watch")
public record WatchSettings(
    @DefaultValue("30s") Duration every,
    @DefaultValue("10m") Duration calm,
    @DefaultValue("20") int quarantined,
    @DefaultValue("1h") Duration quarantineWindow,
    @DefaultValue("3d") Duration silence,
    @DefaultValue("true") boolean untold,
    @DefaultValue("true") boolean writesGivenUp,
    @DefaultValue("true") boolean intentsFailed) {

  /** Checks the values. */
  public WatchSettings {
    if (every.toMillis() < 1 || !quarantineWindow.isPositive()) {
      throw new IllegalArgumentException(
          "countersign.escalation.watch: every and quarantine-window must be longer than nothing");
    }
    if (calm.isNegative() || silence.isNegative()) {
      throw new IllegalArgumentException(
          "countersign.escalation.watch: calm and silence must not be negative");
    }
    if (quarantined < 0 || quarantined > 100_000) {
      throw new IllegalArgumentException("countersign.escalation.watch.quarantined: 0 to 100000");
    }
  }
}
