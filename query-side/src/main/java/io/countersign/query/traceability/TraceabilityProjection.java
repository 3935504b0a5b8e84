package io.countersign.query.traceability;

import static io.countersign.query.traceability.TraceabilityTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work items by type and state, and what they are linked with. */
public final class TraceabilityProjection implements Projection<WorkItemEvent> {

  @Override
  public String name() {
    return "traceability";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_traceability_v1";
  }

  @Override
  public Class<WorkItemEvent> family() {
    return WorkItemEvent.class;
  }

  @Override
  public List<Table> tables() {
    return TraceabilityTables.ALL;
  }

  @Override
  public List<RowChange> on(long index, WorkItemEvent event, Provenance provenance) {
    WorkItemId id = event.workItem();
    return switch (event) {
      case WorkItemEvent.Registered e -> {
        List<RowChange> changes = new ArrayList<>();
        changes.add(
            item(id)
                .set(PROJECT, e.project().toString())
                .set(TYPE, e.type())
                .set(PROCESS, e.process().word())
                .set(STATE, word(e.state()))
                .build());
        addLinks(changes, id, e.links(), false, e.change());
        yield changes;
      }
      case WorkItemEvent.StateChanged e -> List.of(item(id).set(STATE, word(e.to())).build());
      case WorkItemEvent.FieldsChanged e ->
          e.changes().stream()
              .filter(change -> change.field().equals(Fields.TYPE))
              .map(FieldChange::after)
              .filter(FieldValue.Plain.class::isInstance)
              .map(value -> item(id).set(TYPE, ((FieldValue.Plain) value).value()).build())
              .toList();
      case WorkItemEvent.LinksChanged e -> {
        List<RowChange> changes = new ArrayList<>();
        addLinks(changes, id, e.removed(), true, e.change());
        addLinks(changes, id, e.added(), false, e.change());
        yield changes;
      }
      case WorkItemEvent.Deleted _ -> List.of(item(id).set(DELETED, true).build());
      case WorkItemEvent.Restored _ -> List.of(item(id).set(DELETED, false).build());
      case WorkItemEvent.StateUnmapped _,
          WorkItemEvent.TransitionViolated _,
          WorkItemEvent.JudgementDeferred _,
          WorkItemEvent.Retitled _,
          WorkItemEvent.AssignmentChanged _,
          WorkItemEvent.Commented _,
          WorkItemEvent.GapDetected _,
          WorkItemEvent.LateUpdateRecorded _,
          WorkItemEvent.TransitionRequested _,
          WorkItemEvent.TransitionRefused _,
          GateEvent _,
          SyncEvent _ ->
          List.of();
    };
  }

  private static RowChange.Builder item(WorkItemId id) {
    return ITEM.row(id.toString()).set(NUMBER, id.number());
  }

  private static void addLinks(
      List<RowChange> changes,
      WorkItemId id,
      List<Link> links,
      boolean removed,
      SourceChange change) {
    for (Link link : links) {
      LinkEnd.of(id, link)
          .map(
              end ->
                  switch (end) {
                    case LinkEnd.Relation(var relation, var upper, var lower) ->
                        RELATION.row(id.toString(), relation, upper, lower);
                    case LinkEnd.Artifact(var kind, var artifact) ->
                        ARTIFACT.row(id.toString(), artifact).set(KIND, kind);
                  })
          .ifPresent(
              row ->
                  changes.add(row.set(REMOVED, removed).set(TOLD_BY, change.updateId()).build()));
    }
  }

  private static @Nullable String word(@Nullable WorkItemState state) {
    return state == null ? null : state.word();
  }
}
