package io.countersign.app.access;

import io.countersign.kernel.access.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A principal to add.
 *
 * @param name lower case letters, digits, dot, underscore, minus; starts with a letter; at most 63
 * @param roles at least one
 * @param expiresAt from when on its token is refused
 */
public record NewPrincipal(String name, Set<Role> roles, Optional<Instant> expiresAt) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");

  /**
   * Checks the name and the roles.
   *
   * @throws IllegalArgumentException with what is expected
   */
  public NewPrincipal {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 63 lower case letters, digits, dots, underscores or minus signs and"
              + " starts with a letter");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a principal needs at least one role");
    }
    roles = Set.copyOf(roles);
  }
}
