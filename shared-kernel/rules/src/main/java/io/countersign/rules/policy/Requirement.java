package io.countersign.rules.policy;

import io.countersign.kernel.access.Role;
import io.countersign.rules.expression.Condition;
import java.util.Set;

/** What must be so before a transition. */
public sealed interface Requirement {

  /** Its name in decisions. */
  String id();

  /** A clause that follows "needs that". */
  String title();

  /**
   * The facts tell.
   *
   * @param met holds when they do
   */
  record Computed(String id, String title, Condition met) implements Requirement {}

  /**
   * Somebody says so.
   *
   * @param attestedBy with one of these roles
   * @param notWorkers not somebody who worked on the item
   * @param sameRevision of the item's present revision
   */
  record Attested(
      String id, String title, Set<Role> attestedBy, boolean notWorkers, boolean sameRevision)
      implements Requirement {}
}
