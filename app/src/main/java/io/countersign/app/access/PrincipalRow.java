package io.countersign.app.access;

import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A principal as stored, without its token.
 *
 * @param name unique, never given again
 * @param roles at least one
 * @param createdAt when
 * @param createdBy actor reference, or {@code cli} or {@code first-start}
 * @param expiresAt from when on the token is refused; absent: never
 * @param revokedAt from when on the token is refused
 */
public record PrincipalRow(
    String name,
    Set<Role> roles,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /** Whether its token is accepted at that time. */
  public boolean validAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** In one word: active, expired or revoked. */
  public String stateAt(Instant now) {
    return revokedAt != null ? "revoked" : validAt(now) ? "active" : "expired";
  }

  Principal principal() {
    return new Principal(name, roles);
  }
}
