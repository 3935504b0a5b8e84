package io.countersign.kernel.workitem;

/** Why a command for a work item was not done. Values, not exceptions; no personal data. */
public sealed interface WorkItemRejection {

  /** Stable code of the rejection. */
  String code();

  /** In words. */
  String reason();

  /**
   * A rule forbids the transition.
   *
   * @param rule id of the rule, for example {@code agile.transition}
   * @param reason the rule in words
   */
  record RuleForbids(String rule, String reason) implements WorkItemRejection {

    @Override
    public String code() {
      return "transition-refused";
    }
  }

  /** Its state in the source means nothing here yet, so no rule can be applied. */
  record StateNotMapped() implements WorkItemRejection {

    @Override
    public String code() {
      return "state-not-mapped";
    }

    @Override
    public String reason() {
      return "the work item is in a state nobody mapped: map it for the project first";
    }
  }

  /** An update of an item never seen before, without enough to register it. */
  record NotEnoughToRegister() implements WorkItemRejection {

    @Override
    public String code() {
      return "not-enough-to-register";
    }

    @Override
    public String reason() {
      return "the first notification of this work item shows only a change, not its type and state";
    }
  }
}
