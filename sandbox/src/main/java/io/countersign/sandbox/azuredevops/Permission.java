package io.countersign.sandbox.azuredevops;

/** What somebody may do in a project. Everybody may do everything until it is taken away. */
public enum Permission {
  /** See work items and the project. */
  READ,
  /** Change work items. */
  WRITE,
  /** Write past the rules of a type. */
  BYPASS_RULES,
  /** Write without anybody being told. */
  SUPPRESS_NOTIFICATIONS,
  /** See and change service hooks. */
  HOOKS
}
