package io.countersign.query.escalation;

import static io.countersign.query.escalation.EscalationTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.Plan;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.SealedColumn;
import io.countersign.query.projection.Table;
import java.time.Instant;
import java.util.List;

/** Escalations as they are, and what happened to them. */
public final class EscalationProjection implements Projection<EscalationEvent> {

  @Override
  public String name() {
    return "escalations";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_escalation_v1";
  }

  @Override
  public Class<EscalationEvent> family() {
    return EscalationEvent.class;
  }

  @Override
  public List<Table> tables() {
    return List.of(ESCALATION, ESCALATION_STEP);
  }

  @Override
  public List<RowChange> on(long index, EscalationEvent event, Provenance provenance) {
    String id = event.escalation().toString();
    RowChange.Builder row = ESCALATION.row(id);
    RowChange.Builder step = ESCALATION_STEP.row(id, index).set(ACTOR, provenance.actor().ref());
    switch (event) {
      case EscalationEvent.Raised e -> {
        raised(row, index, e);
        told(step, "raised", e.at(), e.plan().step(1).team());
      }
      case EscalationEvent.Repeated e -> {
        row.set(OCCURRENCES, e.occurrences());
        told(step, "repeated", e.at(), e.cause().kind());
      }
      case EscalationEvent.Acknowledged e -> {
        row.set(STATUS, "acknowledged").set(ACKNOWLEDGED_AT, e.at()).set(SNOOZED_UNTIL, null);
        told(step, "acknowledged", e.at(), "level " + e.level());
      }
      case EscalationEvent.Assigned e -> {
        row.set(STATUS, "assigned").set(ASSIGNEE, e.to()).set(SNOOZED_UNTIL, null);
        told(step, "assigned", e.at(), e.to());
      }
      case EscalationEvent.Snoozed e -> {
        row.set(STATUS, "snoozed").set(SNOOZED_UNTIL, e.until()).set(ASSIGNEE, null);
        levels(row, e.plan());
        told(step, "snoozed", e.at(), e.until().toString());
      }
      case EscalationEvent.Merged e -> {
        row.set(STATUS, "merged").set(MERGED_INTO, e.into().toString());
        told(step, "merged", e.at(), e.into().toString());
      }
      case EscalationEvent.LevelRaised e -> {
        row.set(STATUS, "raised").set(LEVEL, e.level()).set(TEAM, e.team());
        told(step, "level-raised", e.at(), e.team());
      }
      case EscalationEvent.Resolved e -> {
        row.set(STATUS, "resolved")
            .set(RESOLVED_AT, e.at())
            .set(RESOLUTION, e.code().word())
            .set(RESOLUTION_TEXT, SealedColumn.write(e.text()));
        told(step, "resolved", e.at(), e.code().word());
      }
      case EscalationEvent.NotificationDelivered e ->
          told(step, "delivered", e.at(), e.channel() + ", attempts " + e.attempts());
      case EscalationEvent.NotificationFailed e ->
          told(
              step,
              "not-delivered",
              e.at(),
              e.channel() + ", attempts " + e.attempts() + ", " + e.code());
    }
    return List.of(row.build(), step.build());
  }

  private static void raised(RowChange.Builder row, long index, EscalationEvent.Raised e) {
    row.set(EPISODE, e.episode())
        .set(STATUS, "raised")
        .set(CATEGORY, e.category().word())
        .set(SEVERITY, e.severity().word())
        .set(LEVEL, 1)
        .set(TEAM, e.plan().step(1).team())
        .set(KIND, e.cause().kind())
        .set(WORK_ITEM, e.cause().workItem() == null ? null : e.cause().workItem().toString())
        .set(PROJECT, e.cause().project() == null ? null : e.cause().project().toString())
        .set(RULE, e.cause().rule())
        .set(EVIDENCE, e.cause().entries().toString())
        .set(DEDUPE_KEY, e.dedupeKey())
        .set(OCCURRENCES, 1)
        .set(ASSIGNEE, null)
        .set(MERGED_INTO, null)
        .set(SNOOZED_UNTIL, null)
        .set(RAISED_AT, e.at())
        .set(RAISED_BY, e.by().ref())
        .set(ACKNOWLEDGED_AT, null)
        .set(RESOLVED_AT, null)
        .set(RESOLUTION, null)
        .set(RESOLUTION_TEXT, null)
        .set(MATRIX_VERSION, e.plan().matrixVersion())
        .set(MATRIX_SHA256, e.plan().matrixSha256())
        .set(CONTEXT, SealedColumn.write(e.context()))
        .set(CONTEXT_SHA256, e.contextSha256())
        .set(RAISED_INDEX, index);
    levels(row, e.plan());
  }

  private static void levels(RowChange.Builder row, Plan plan) {
    row.set(LEVEL_2_AT, plan.step(2).from()).set(LEVEL_3_AT, plan.step(3).from());
  }

  private static void told(RowChange.Builder step, String word, Instant at, String detail) {
    step.set(STEP, word).set(AT, at).set(DETAIL, detail);
  }
}
