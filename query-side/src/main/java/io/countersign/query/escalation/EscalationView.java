package io.countersign.query.escalation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.query.reading.OpenedText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An escalation.
 *
 * @param id escalation id
 * @param episode 1, and one more each time it came up again after it was over
 * @param status raised, acknowledged, assigned, snoozed, merged or resolved
 * @param category technical, operational, compliance, security or business
 * @param severity low, medium, high or critical
 * @param level which level is asked
 * @param team who is asked
 * @param kind kind of its cause
 * @param workItem where it is about one
 * @param project where it is known
 * @param rule where one was broken
 * @param evidence entries it rests on
 * @param occurrences how often it came up in this episode
 * @param assignee who has it
 * @param mergedInto where it lives on
 * @param snoozedUntil when it wakes
 * @param raisedAt since when
 * @param raisedBy by whom
 * @param level2At when the second level is asked, or was, unless somebody answers
 * @param level3At the same of the third
 * @param acknowledgedAt when somebody had seen it
 * @param resolvedAt when it was over
 * @param resolution how it ended
 * @param matrixVersion version of the routing matrix that decided
 * @param matrixSha256 its digest
 * @param contextSha256 digest of the context
 * @param lastIndex entry that told of it last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Escalation", description = "What humans have to look at")
record EscalationView(
    @Schema(example = "escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11") String id,
    int episode,
    @Schema(example = "raised") String status,
    @Schema(example = "compliance") String category,
    @Schema(example = "medium") String severity,
    int level,
    @Schema(example = "compliance_team") String team,
    @Schema(example = "transition-violated") String kind,
    @Schema(example = "workitem:fabrikam:42") @Nullable String workItem,
    @Nullable String project,
    @Schema(example = "agile.transition") @Nullable String rule,
    List<Long> evidence,
    int occurrences,
    @Nullable String assignee,
    @Nullable String mergedInto,
    @Nullable Instant snoozedUntil,
    Instant raisedAt,
    @Schema(example = "automation:escalation-detection") String raisedBy,
    Instant level2At,
    Instant level3At,
    @Nullable Instant acknowledgedAt,
    @Nullable Instant resolvedAt,
    @Nullable String resolution,
    int matrixVersion,
    String matrixSha256,
    String contextSha256,
    long lastIndex) {

  /**
   * One thing that happened to it.
   *
   * @param index its entry
   * @param step what
   * @param at when
   * @param actor who
   * @param detail the team, the assignee, the channel and its attempts
   */
  @Schema(name = "EscalationStep")
  record Step(long index, String step, Instant at, String actor, @Nullable String detail) {}

  /**
   * An escalation with all that is known of it.
   *
   * @param escalation the escalation
   * @param context what a human needs to decide, canonical JSON as text: its SHA-256 is {@code
   *     contextSha256}
   * @param resolutionText why it ended so
   * @param steps what happened, in order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "EscalationDetail")
  record Detail(
      EscalationView escalation,
      @Nullable OpenedText context,
      @Nullable OpenedText resolutionText,
      List<Step> steps) {}

  /**
   * A page of escalations.
   *
   * @param items oldest first
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "EscalationPage", description = "A page of escalations")
  record Page(List<EscalationView> items, @Nullable String next, long position) {}

  /**
   * How soon people answered.
   *
   * @param category of the escalations
   * @param raised how many were raised in the window
   * @param open how many of them are open
   * @param meanSecondsToAcknowledge of those that were
   * @param meanSecondsToResolve of those that were
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "EscalationStatistics")
  record Statistics(
      String category,
      long raised,
      long open,
      @Nullable Double meanSecondsToAcknowledge,
      @Nullable Double meanSecondsToResolve) {}
}
