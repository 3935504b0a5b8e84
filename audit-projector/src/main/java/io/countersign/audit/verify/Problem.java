package io.countersign.audit.verify;

/**
 * What is wrong with a log as a whole, beside what is wrong with its entries.
 *
 * @param code what
 * @param words one sentence for people
 */
public record Problem(Code code, String words) {

  /** A stable word for each kind. */
  public enum Code {
    /** The checkpoint is not signed by the key that is trusted, or is none. */
    CHECKPOINT_REFUSED,
    /** The checkpoint that was kept is not signed by the key that is trusted, or is none. */
    KEPT_CHECKPOINT_REFUSED,
    /** Fewer entries are sealed now than a kept checkpoint says. */
    ROLLED_BACK,
    /** The log did not grow from a kept checkpoint. */
    FORKED,
    /** Whether it grew cannot be seen, because tiles are missing or damaged. */
    GROWTH_UNREADABLE,
    /** What an anchor answered is not about this log. */
    ANCHOR_REFUSED,
    /** Fewer witnesses cosigned than the reader's policy demands. */
    QUORUM_NOT_REACHED,
    /** A cosignature is bad, or the reader's policy is about other logs. */
    POLICY_REFUSED,
    /** A bundle is not what its own list says. */
    BUNDLE_DAMAGED,
    /** A bundle says it holds all entries of an aggregate, and does not. */
    INCOMPLETE
  }

  /** Code and words. */
  @Override
  public String toString() {
    return code + ": " + words;
  }
}
