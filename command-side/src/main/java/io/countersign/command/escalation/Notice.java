package io.countersign.command.escalation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Plan;
import io.countersign.kernel.escalation.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody outside is told: references and words of ours, nothing anybody wrote.
 *
 * @param delivery the same for the same notice told again
 * @param type {@code escalation.raised}, {@code escalation.level-raised} or {@code escalation.test}
 * @param escalation which; look it up for the context
 * @param episode 1 for the first time it came up
 * @param level 1 to 3
 * @param team who is asked
 * @param askedBefore the team of the level below, which did not answer
 * @param askedNext the team of the level above
 * @param category what kind of matter
 * @param severity how bad
 * @param kind kind of its cause
 * @param workItem where it is about one
 * @param project where it is known
 * @param rule where one was broken
 * @param entries evidence, by index
 * @param contextSha256 digest of the context
 * @param raisedAt since when
 * @param answerBy when the next level is asked, if nobody answers; absent at the last
 * @param notTold attempts to tell levels below that were given up: level, channel and why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Notice(
    UUID delivery,
    String type,
    EscalationId escalation,
    int episode,
    int level,
    String team,
    @Nullable String askedBefore,
    @Nullable String askedNext,
    Category category,
    Severity severity,
    String kind,
    @Nullable String workItem,
    @Nullable String project,
    @Nullable String rule,
    List<Long> entries,
    String contextSha256,
    Instant raisedAt,
    @Nullable Instant answerBy,
    List<String> notTold) {

  /** Of one that nobody has to look at. */
  static final String TEST = "escalation.test";

  /** The notice of a level, as the plan has it. */
  static Notice of(UUID delivery, int level, Raised raised, List<String> notTold) {
    Cause cause = raised.cause();
    Plan plan = raised.plan();
    boolean last = level == Plan.LEVELS;
    return new Notice(
        delivery,
        level == 1 ? "escalation.raised" : "escalation.level-raised",
        raised.escalation(),
        raised.episode(),
        level,
        plan.step(level).team(),
        level == 1 ? null : plan.step(level - 1).team(),
        last ? null : plan.step(level + 1).team(),
        raised.category(),
        raised.severity(),
        cause.kind(),
        cause.workItem() == null ? null : cause.workItem().toString(),
        cause.project() == null ? null : cause.project().toString(),
        cause.rule(),
        cause.entries(),
        raised.contextSha256(),
        raised.at(),
        last ? null : plan.step(level + 1).from(),
        notTold);
  }

  /** One by which somebody tries a channel. */
  static Notice test(UUID delivery, String team, Instant at) {
    return new Notice(
        delivery,
        TEST,
        new EscalationId(delivery),
        1,
        1,
        team,
        null,
        null,
        Category.OPERATIONAL,
        Severity.LOW,
        TEST,
        null,
        null,
        null,
        List.of(),
        ContextPacker.sha256("{}"),
        at,
        null,
        List.of());
  }
}
