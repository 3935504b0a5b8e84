package io.countersign.command.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Erasing people, on nodes with the role command.
 *
 * @param backupRetentionDays how long backups of the database, its write-ahead log and images of
 *     its disks are kept, at most: destroyed keys are in them. Certificates state the day after it;
 *     it is you who has to keep to it
 * @param interval how often erasures that are not over are looked at, beside at once after an
 *     approval
 */
@ConfigurationProperties("countersign.privacy")
public record PrivacySettings(
    @DefaultValue("35") int backupRetentionDays, @DefaultValue("2s") Duration interval) {

  /** Checks both. */
  public PrivacySettings {
    if (backupRetentionDays < 1) {
      throw new IllegalArgumentException("countersign.privacy.backup-retention-days: at least 1");
    }
    if (interval.toMillis() < 10) {
      throw new IllegalArgumentException("countersign.privacy.interval: at least 10ms");
    }
  }
}
