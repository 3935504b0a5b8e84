package io.countersign.app.settings;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a node does. Several may be given; {@code all} is all of them. */
public enum NodeRole {
  ALL,
  COMMAND,
  QUERY,
  AUDIT;

  /** The word of the option. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Without {@code all}: what it stands for. */
  public static Set<NodeRole> expand(Set<NodeRole> roles) {
    return roles.isEmpty() || roles.contains(ALL)
        ? EnumSet.of(COMMAND, QUERY, AUDIT)
        : EnumSet.copyOf(roles);
  }
}
