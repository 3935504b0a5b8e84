package io.countersign.command.access;

import io.countersign.kernel.access.Principal;
import java.util.Optional;

/** Knows which principals there are. */
@FunctionalInterface
public interface PrincipalNames {

  /** A principal that may authenticate now, with its roles. */
  Optional<Principal> find(String name);
}
