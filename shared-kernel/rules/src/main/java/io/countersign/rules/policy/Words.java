package io.countersign.rules.policy;

import io.countersign.kernel.access.Role;
import java.util.Collection;
import java.util.stream.Collectors;

/** How decisions speak. */
final class Words {

  private Words() {}

  static String roles(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(" or "));
  }

  static boolean sharesRole(Collection<Role> wanted, Collection<String> had) {
    return wanted.isEmpty() || wanted.stream().map(Role::word).anyMatch(had::contains);
  }
}
