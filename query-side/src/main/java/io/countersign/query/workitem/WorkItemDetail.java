package io.countersign.query.workitem;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.query.reading.OpenedText;
import io.countersign.query.reading.PersonView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A work item with everything known of it.
 *
 * @param workItem as it is now
 * @param stateHistory its state changes in the order of the source
 * @param deliveries deliveries that led to entries, oldest first
 * @param links its relations
 * @param fields its other fields
 * @param transitionRequests transitions asked of us
 * @param comments how many comments it has
 */
@Schema(description = "A work item with its history")
record WorkItemDetail(
    @JsonUnwrapped WorkItemView workItem,
    List<StateChange> stateHistory,
    List<DeliveryEntries> deliveries,
    List<LinkView> links,
    List<FieldView> fields,
    List<TransitionRequest> transitionRequests,
    @Schema(description = "How many comments it has") long comments) {

  /**
   * A state change.
   *
   * @param kind registered, changed, or late: told after a later update
   * @param from canonical state before
   * @param to canonical state after
   * @param sourceFrom the source's state before
   * @param sourceTo the source's state after
   * @param late whether it was told after a later update
   * @param updateId number of the source's update
   * @param revision the source's revision
   * @param changedAt when, by the source's clock
   * @param changedBy who
   * @param entryIndex entry that tells of it
   * @param verdict how it was judged; absent for what is not judged: the first state, late updates
   */
  record StateChange(
      String kind,
      @Schema(example = "New") @Nullable String from,
      @Schema(example = "InProgress") @Nullable String to,
      @Schema(example = "New") @Nullable String sourceFrom,
      @Schema(example = "Active") @Nullable String sourceTo,
      boolean late,
      @Nullable Integer updateId,
      int revision,
      @Nullable Instant changedAt,
      @Nullable PersonView changedBy,
      @Nullable Long entryIndex,
      @Nullable Judgement verdict) {}

  /**
   * How a state change was judged.
   *
   * @param outcome allowed, violated, deferred or unmapped
   * @param rule the rule it broke
   * @param reason in words
   */
  record Judgement(
      @Schema(
              example = "violated",
              allowableValues = {"allowed", "violated", "deferred", "unmapped"})
          String outcome,
      @Schema(example = "agile.transition") @Nullable String rule,
      @Nullable String reason) {}

  /**
   * The entries a delivery led to, for this work item.
   *
   * @param delivery delivery id
   * @param firstIndex first entry
   * @param lastIndex last entry
   */
  record DeliveryEntries(String delivery, long firstIndex, long lastIndex) {}

  /**
   * A relation.
   *
   * @param relation reference name
   * @param target URL
   */
  record LinkView(
      @Schema(example = "System.LinkTypes.Hierarchy-Reverse") String relation, String target) {}

  /**
   * A field.
   *
   * @param field reference name
   * @param value a plain value
   * @param text text that may have been erased
   * @param person a person
   */
  record FieldView(
      @Schema(example = "System.AreaPath") String field,
      @Schema(example = "Fabrikam\\Web") @Nullable String value,
      @Nullable OpenedText text,
      @Nullable PersonView person) {}

  /**
   * A transition that was asked of us.
   *
   * @param outcome requested or refused
   * @param from canonical state before
   * @param to canonical state asked for
   * @param rule the rule that forbids it
   * @param reason in words
   * @param actor who asked
   * @param entryIndex entry that tells of it
   */
  record TransitionRequest(
      String outcome,
      String from,
      String to,
      @Nullable String rule,
      @Nullable String reason,
      String actor,
      long entryIndex) {}
}
