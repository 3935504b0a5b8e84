package io.countersign.kernel.escalation;

/** Why a command for an escalation was not done. Values, not exceptions. */
public sealed interface EscalationRejection {

  /** Stable code of the rejection. */
  String code();

  /** In words. */
  String reason();

  /** It is resolved, and nothing more can be done with it. */
  record Over() implements EscalationRejection {

    @Override
    public String code() {
      return "over";
    }

    @Override
    public String reason() {
      return "the escalation is resolved already: what comes up again opens it again";
    }
  }

  /** It lives on in another one. */
  record LivesOn(EscalationId into) implements EscalationRejection {

    @Override
    public String code() {
      return "merged";
    }

    @Override
    public String reason() {
      return "the escalation was merged into " + into + ": that one is to be dealt with";
    }
  }

  /** Not with itself. */
  record WithItself() implements EscalationRejection {

    @Override
    public String code() {
      return "with-itself";
    }

    @Override
    public String reason() {
      return "an escalation cannot be merged into itself";
    }
  }

  /** Only the future can be waited for. */
  record NotLater() implements EscalationRejection {

    @Override
    public String code() {
      return "not-later";
    }

    @Override
    public String reason() {
      return "an escalation can be snoozed until a time that is still to come";
    }
  }
}
