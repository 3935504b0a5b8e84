package io.countersign.rules.policy;

/**
 * One thing that keeps a transition from happening.
 *
 * @param kind of what
 * @param id in the policy
 * @param words what is needed and why what is there does not do
 */
public record Missing(Kind kind, String id, String words) {

  /** What is missing. */
  public enum Kind {
    /** There is no such transition, or it is not for this item. */
    TRANSITION,
    /** Something must be so. */
    REQUIREMENT,
    /** Somebody must agree. */
    APPROVAL,
    /** Something must be there. */
    DOCUMENT,
    /** One person did what two must. */
    SEGREGATION;

    /** The persisted word: lower case. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
