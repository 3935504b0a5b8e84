package io.countersign.query.gate;

import static io.countersign.query.gate.GateTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.SealedColumn;
import io.countersign.query.projection.Table;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What stands at the gates of work items, and what policies decided. */
public final class GateProjection implements Projection<WorkItemEvent> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public String name() {
    return "gates";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_gate_v1";
  }

  @Override
  public Class<WorkItemEvent> family() {
    return WorkItemEvent.class;
  }

  @Override
  public List<Table> tables() {
    return List.of(FACT, DECISION, MOVE);
  }

  @Override
  public List<RowChange> on(long index, WorkItemEvent event, Provenance provenance) {
    return switch (event) {
      case GateEvent gate -> List.of(on(index, gate, provenance));
      case WorkItemEvent.StateChanged moved when moved.to() == null || moved.to() != moved.from() ->
          List.of(MOVE.row(moved.workItem().toString()).set(MOVED_INDEX, index).build());
      default -> List.of();
    };
  }

  private static RowChange on(long index, GateEvent event, Provenance provenance) {
    return switch (event) {
      case GateEvent.DocumentAttached e ->
          by(fact(e.workItem(), "document", e.document()), e.by())
              .set(NAME, e.kind())
              .set(STATUS, "attached")
              .set(REVISION, e.revision())
              .set(DIGEST, e.digest())
              .set(WORDS, SealedColumn.write(e.location()))
              .set(FIRST_INDEX, index)
              .build();
      case GateEvent.DocumentWithdrawn e ->
          ended(fact(e.workItem(), "document", e.document()), "withdrawn", e.by());
      case GateEvent.RequirementAttested e ->
          by(attestation(e.workItem(), e.requirement(), e.by()), e.by())
              .set(NAME, e.requirement())
              .set(STATUS, "attested")
              .set(REVISION, e.revision())
              .set(WORDS, SealedColumn.write(e.comment()))
              .set(FIRST_INDEX, index)
              .build();
      case GateEvent.AttestationWithdrawn e ->
          attestation(e.workItem(), e.requirement(), e.by()).set(STATUS, "withdrawn").build();
      case GateEvent.ApprovalGranted e ->
          by(fact(e.workItem(), "approval", e.approval()), e.by())
              .set(NAME, e.gate())
              .set(TO_STATE, e.to().word())
              .set(STATUS, "approved")
              .set(REVISION, e.revision())
              .set(UNTIL, e.expiresAt())
              .set(OTHER_PRINCIPAL, e.onBehalfOf())
              .set(WORDS, SealedColumn.write(e.comment()))
              .set(FIRST_INDEX, index)
              .build();
      case GateEvent.ApprovalRejected e ->
          by(fact(e.workItem(), "approval", e.approval()), e.by())
              .set(NAME, e.gate())
              .set(TO_STATE, e.to().word())
              .set(STATUS, "rejected")
              .set(REVISION, e.revision())
              .set(OTHER_PRINCIPAL, e.onBehalfOf())
              .set(WORDS, SealedColumn.write(e.comment()))
              .set(FIRST_INDEX, index)
              .build();
      case GateEvent.ApprovalRevoked e ->
          fact(e.workItem(), "approval", e.approval()).set(STATUS, "revoked").build();
      case GateEvent.GateDelegated e ->
          by(fact(e.workItem(), "delegation", e.delegation()), e.by())
              .set(NAME, e.gate())
              .set(TO_STATE, e.to().word())
              .set(STATUS, "open")
              .set(UNTIL, e.until())
              .set(OTHER_PRINCIPAL, e.delegate())
              .set(WORDS, SealedColumn.write(e.comment()))
              .set(FIRST_INDEX, index)
              .build();
      case GateEvent.DelegationEnded e ->
          fact(e.workItem(), "delegation", e.delegation()).set(STATUS, "ended").build();
      case GateEvent.OverrideRequested e ->
          by(fact(e.workItem(), "override", e.override()), e.by())
              .set(FROM_STATE, e.from().word())
              .set(TO_STATE, e.to().word())
              .set(STATUS, "requested")
              .set(REVISION, e.revision())
              .set(WORDS, SealedColumn.write(e.justification()))
              .set(FIRST_INDEX, index)
              .build();
      case GateEvent.OverrideConfirmed e ->
          ended(fact(e.workItem(), "override", e.override()), "confirmed", e.by());
      case GateEvent.OverrideRefused e ->
          ended(fact(e.workItem(), "override", e.override()), "refused", e.by());
      case GateEvent.TransitionDecided e -> decided(index, e, provenance);
    };
  }

  private static RowChange decided(
      long index, GateEvent.TransitionDecided e, Provenance provenance) {
    return DECISION
        .row(e.workItem().toString(), index)
        .set(FROM_STATE, e.from().word())
        .set(TO_STATE, e.to().word())
        .set(POLICY, e.decision().policy().label())
        .set(POLICY_SHA256, e.decision().policy().sha256())
        .set(ALLOWED, e.decision().allowed())
        .set(MISSING, JSON.writeValueAsString(e.decision().missing()))
        .set(OVERRIDE, e.override())
        .set(REVISION, e.change() == null ? null : e.change().revision())
        .set(ACTOR, provenance.actor().ref())
        .build();
  }

  private static RowChange.Builder fact(WorkItemId workItem, String kind, UUID id) {
    return FACT.row(workItem.toString(), kind, id.toString());
  }

  /** One word of a person for a requirement: it has no id of its own. */
  private static RowChange.Builder attestation(
      WorkItemId workItem, String requirement, Decider by) {
    return FACT.row(workItem.toString(), "attestation", requirement + " " + by.principal());
  }

  private static RowChange.Builder by(RowChange.Builder row, Decider by) {
    return row.set(PRINCIPAL, by.principal())
        .set(PERSON, person(by))
        .set(ROLES, String.join(",", by.roles()));
  }

  private static RowChange ended(RowChange.Builder row, String status, Decider by) {
    return row.set(STATUS, status).set(OTHER_PRINCIPAL, by.principal()).build();
  }

  private static @Nullable UUID person(Decider by) {
    return by.person() == null ? null : by.person().value();
  }
}
