package io.countersign.kernel.workitem;

import java.util.List;

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
   * @param missing what is missing, each with words of its own
   */
  record RuleForbids(String rule, String reason, List<Missing> missing)
      implements WorkItemRejection {

    /** Copies what is missing. */
    public RuleForbids {
      missing = List.copyOf(missing);
    }

    /** One rule and nothing more. */
    public RuleForbids(String rule, String reason) {
      this(rule, reason, List.of(new Missing("transition", rule, reason)));
    }

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
      return "nobody had said what its state means when it was told: map it for the project, which"
          + " holds from the next change of the item's state on";
    }
  }

  /**
   * A gate does not take what was decided.
   *
   * @param code stable code, for example {@code gate-unknown}
   * @param reason in words
   */
  record GateRefuses(String code, String reason) implements WorkItemRejection {}

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
