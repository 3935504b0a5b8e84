package io.countersign.audit.seal;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sealing of the audit log, on nodes with the role audit.
 *
 * @param folder where tiles and checkpoints are published, in the layout of C2SP tlog-tiles;
 *     absent: {@code audit/log} in the data directory. Several nodes may share it: one seals, the
 *     others stand by. It has to outlive the database: what was signed is known from here
 * @param keyFile file of the log's signing key; absent: {@code audit/log.key} in the data
 *     directory. Created when neither it nor a published checkpoint is there
 * @param origin the log's name in checkpoints, a URL without its scheme; absent: {@code
 *     countersign/} and the log's id. It can never change
 * @param interval how often the log is looked at; a checkpoint follows within this time
 */
@ConfigurationProperties("countersign.audit")
public record SealSettings(
    @Nullable Path folder,
    @Nullable Path keyFile,
    @Nullable String origin,
    @DefaultValue("200ms") Duration interval) {

  /** Checks the interval. */
  public SealSettings {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("countersign.audit.interval: longer than nothing");
    }
  }
}
