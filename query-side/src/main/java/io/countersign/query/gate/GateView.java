package io.countersign.query.gate;

import io.countersign.query.reading.OpenedText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gates of a work item.
 *
 * @param workItem its id
 * @param facts documents, attestations, approvals, delegations and overrides, oldest first
 * @param decisions what policies said, oldest first
 */
@Schema(name = "WorkItemGates", description = "What stands at the gates of a work item")
record GateView(
    @Schema(example = "workitem:fabrikam:4711") String workItem,
    List<Fact> facts,
    List<Decision> decisions) {

  /**
   * One of them.
   *
   * @param kind document, attestation, approval, delegation or override
   * @param id its id
   * @param name kind of document, requirement or gate
   * @param from state an override is for leaving
   * @param to state it is for
   * @param status as it stands; spent when the item has left the state it was for
   * @param revision of the work item it is about
   * @param principal who brought or decided it
   * @param person which person that is, where linked
   * @param roles the principal's at that time
   * @param other who it was done on behalf of, or delegated to, or who ended or confirmed it
   * @param digest of a document
   * @param until when it ends
   * @param words comment, justification or place
   * @param index entry it was recorded with
   */
  @Schema(name = "GateFact")
  record Fact(
      @Schema(example = "approval") String kind,
      String id,
      @Schema(example = "qa_approval") @Nullable String name,
      @Nullable String from,
      @Schema(example = "Staging") @Nullable String to,
      @Schema(example = "approved") @Nullable String status,
      @Nullable Integer revision,
      @Schema(example = "quinn") @Nullable String principal,
      @Nullable UUID person,
      List<String> roles,
      @Nullable String other,
      @Nullable String digest,
      @Nullable Instant until,
      @Nullable OpenedText words,
      @Nullable Long index) {}

  /**
   * What a policy said.
   *
   * @param index entry it was recorded with
   * @param from state before
   * @param to state after
   * @param policy name and version
   * @param policySha256 digest of its text
   * @param allowed its verdict
   * @param missing what was missing
   * @param override that let it pass nevertheless
   * @param revision of the source's change, where one was judged
   * @param actor on whose request
   */
  @Schema(name = "GateDecision")
  record Decision(
      long index,
      String from,
      String to,
      @Schema(example = "cmmi@2026.11.0") String policy,
      String policySha256,
      boolean allowed,
      List<Missing> missing,
      @Nullable UUID override,
      @Nullable Integer revision,
      @Schema(example = "principal:ann") String actor) {}

  /** What was missing. */
  @Schema(name = "GateMissing")
  record Missing(String kind, String id, String words) {}
}
