package io.countersign.kernel.access;

import io.countersign.kernel.Actor;
import java.util.Set;

/**
 * Somebody who authenticated. HTTP handlers take it as an argument; the actor of a command is
 * always this, never a field of a request.
 *
 * @param name unique name, lower case
 * @param roles at least one
 */
public record Principal(String name, Set<Role> roles) {

  /** Copies the roles. */
  public Principal {
    roles = Set.copyOf(roles);
  }

  /** Whether one of the roles permits it. */
  public boolean may(Permission permission) {
    return roles.stream().anyMatch(role -> role.permits(permission));
  }

  /** This principal as the actor of commands. */
  public Actor actor() {
    return Actor.principal(name);
  }
}
