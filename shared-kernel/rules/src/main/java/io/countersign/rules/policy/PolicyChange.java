package io.countersign.rules.policy;

/**
 * One difference between two policies.
 *
 * @param effect whether it asks for more
 * @param where transition or part of the policy
 * @param words what differs
 */
public record PolicyChange(Effect effect, String where, String words) {

  /** What a difference does. */
  public enum Effect {
    /** Something that passed may be blocked. */
    STRICTER,
    /** Something that was blocked may pass. */
    LOOSER,
    /** It depends on the item. */
    CHANGED;

    /** Lower case. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
