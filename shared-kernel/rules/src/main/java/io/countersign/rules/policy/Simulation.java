package io.countersign.rules.policy;

import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * History under another policy. What was recorded with its inputs is decided again. Of what was
 * not, only two things are certain: that a policy knows no such transition, or lets it pass
 * whatever the item; the rest is said to be unknown.
 */
public final class Simulation {

  private Simulation() {}

  /**
   * A transition in history.
   *
   * @param index of its entry in the log
   * @param workItem whose
   * @param event the entry's logical name
   * @param passed whether it was found sound then
   * @param facts what was known then, if it was recorded
   */
  public record Recorded(
      long index,
      String workItem,
      String event,
      WorkItemState from,
      WorkItemState to,
      boolean passed,
      @Nullable TransitionFacts facts) {}

  /**
   * What the other policy says of it.
   *
   * @param words why; empty when nothing changes
   */
  public record Outcome(Recorded recorded, Answer answer, String words) {}

  /** How the other policy compares. */
  public enum Answer {
    /** The same. */
    SAME,
    /** It passed, and would be blocked. */
    WOULD_BE_BLOCKED,
    /** It was blocked, and would pass. */
    WOULD_PASS,
    /** The inputs of the decision were not recorded. */
    NOT_RERUNNABLE;

    /** Lower case. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Judges one transition again. */
  public static Outcome of(TransitionPolicy policy, Recorded recorded) {
    WorkItemState from = recorded.from();
    WorkItemState to = recorded.to();
    if (recorded.facts() != null) {
      List<Missing> missing = policy.decide(from, to, recorded.facts()).missing();
      return compared(
          recorded,
          missing.isEmpty(),
          String.join("; ", missing.stream().map(Missing::words).toList()));
    }
    List<TransitionRule> between = policy.between(from, to);
    if (from != to && between.isEmpty()) {
      return compared(
          recorded, false, "%s is not followed by %s".formatted(from.word(), to.word()));
    }
    if (from == to || between.stream().allMatch(TransitionRule::isOpen) && forAll(between)) {
      return compared(recorded, true, "");
    }
    return new Outcome(recorded, Answer.NOT_RERUNNABLE, "not re-runnable: inputs not recorded");
  }

  private static boolean forAll(List<TransitionRule> between) {
    return between.getLast().when() == null;
  }

  private static Outcome compared(Recorded recorded, boolean passes, String words) {
    Answer answer =
        passes == recorded.passed()
            ? Answer.SAME
            : passes ? Answer.WOULD_PASS : Answer.WOULD_BE_BLOCKED;
    return new Outcome(
        recorded,
        answer,
        switch (answer) {
          case WOULD_PASS -> "nothing would be missing";
          case WOULD_BE_BLOCKED -> words;
          default -> "";
        });
  }
}
