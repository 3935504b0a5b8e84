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
 *     directory. Created when the log was never sealed; never again
 * @param origin the log's name in checkpoints, a URL without its scheme; absent: {@code
 *     countersign/} and the log's id. It can never change
 * @param interval how often the log is looked at; a checkpoint follows within this time
 * @param keyVariable name of an environment variable that holds the signing key as PEM, private and
 *     public part; absent: the key is in the file. Nothing is created then
 * @param rotationOverlap how long, after a rotation, the old key signs beside the new one
 * @param secondSignature {@code none}, or {@code ml-dsa-44}: each checkpoint carries a signature by
 *     ML-DSA-44 as well, and verifies only with both
 * @param secondKeyFile file of the second key; absent: {@code audit/log-ml-dsa-44.key} in the data
 *     directory. Created when it is needed first
 */
@ConfigurationProperties("countersign.audit")
public record SealSettings(
    @Nullable Path folder,
    @Nullable Path keyFile,
    @Nullable String origin,
    @DefaultValue("200ms") Duration interval,
    @Nullable String keyVariable,
    @DefaultValue("7d") Duration rotationOverlap,
    @DefaultValue("none") SecondSignature secondSignature,
    @Nullable Path secondKeyFile) {

  /** Another algorithm that signs beside Ed25519. */
  public enum SecondSignature {
    NONE,
    /** ML-DSA-44 (FIPS 204), for a time in which Ed25519 can be broken. */
    ML_DSA_44
  }

  /** Checks the interval. */
  public SealSettings {
    if (rotationOverlap.isNegative()) {
      throw new IllegalArgumentException("countersign.audit.rotation-overlap: nothing or longer");
    }
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("countersign.audit.interval: longer than nothing");
    }
  }
}
