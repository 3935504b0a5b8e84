package io.countersign.audit.anchored;

import io.countersign.audit.timestamp.TimeStampVerifier;
import io.countersign.auditlog.policy.TrustPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Whom the reader trusts beside the log's own key.
 *
 * @param authorities whose time-stamps count; null to leave open who signed them
 * @param witnesses who has to have cosigned; null to leave that open
 */
public record Outsiders(@Nullable TimeStampVerifier authorities, @Nullable TrustPolicy witnesses) {

  /** Nobody is asked for. */
  public static final Outsiders NONE = new Outsiders(null, null);
}
