package io.countersign.command.escalation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody outside is told: references and words of ours, nothing anybody wrote.
 *
 * @param delivery the same for the same notice told again
 * @param type {@code escalation.raised} or {@code escalation.level-raised}
 * @param escalation which; look it up for the context
 * @param level 1 to 3
 * @param team who is asked
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Notice(
    UUID delivery,
    String type,
    EscalationId escalation,
    int level,
    String team,
    Category category,
    Severity severity,
    String kind,
    @Nullable String workItem,
    @Nullable String project,
    @Nullable String rule,
    List<Long> entries,
    String contextSha256,
    Instant raisedAt,
    @Nullable Instant answerBy) {}
