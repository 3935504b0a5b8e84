package io.countersign.query.workitem;

import static io.countersign.query.workitem.WorkItemTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.SealedColumn;
import io.countersign.query.projection.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work items as they are now, with their state history, deliveries, comments, links and fields.
 * Every event changes the work item's own row at least by its index, so {@code last_index} of that
 * row says when anything of the work item changed.
 */
public final class WorkItemProjection implements Projection<WorkItemEvent> {

  private static final String COMMENTED =
      Events.CATALOGUE.typeOf(WorkItemEvent.Commented.class).orElseThrow().name();

  @Override
  public String name() {
    return "work-items";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_workitem_v1";
  }

  @Override
  public Class<WorkItemEvent> family() {
    return WorkItemEvent.class;
  }

  @Override
  public List<Table> tables() {
    return WorkItemTables.ALL;
  }

  @Override
  public List<RowChange> on(long index, WorkItemEvent event, Provenance provenance) {
    List<RowChange> changes = new ArrayList<>();
    RowChange.Builder item = WorkItemRows.item(event.workItem());
    switch (event) {
      case WorkItemEvent.Registered e -> registered(index, e, item, changes);
      case WorkItemEvent.StateChanged e -> {
        WorkItemRows.current(item, e.change())
            .set(STATE, word(e.to()))
            .set(SOURCE_STATE, e.sourceTo());
        boolean unmapped = e.from() == null || e.to() == null;
        changes.add(
            WorkItemRows.changed(index, e.workItem(), e.change(), "changed")
                .set(FROM_STATE, word(e.from()))
                .set(TO_STATE, word(e.to()))
                .set(SOURCE_FROM, e.sourceFrom())
                .set(SOURCE_TO, e.sourceTo())
                .set(VERDICT, unmapped ? Verdict.UNMAPPED.word() : Verdict.ALLOWED.word())
                .build());
      }
      case WorkItemEvent.StateUnmapped _ -> {
        // the event it goes with has said so by its missing state
      }
      case WorkItemEvent.TransitionViolated e -> {
        item.set(VIOLATED, true);
        changes.add(
            WorkItemRows.changed(e.workItem(), e.change())
                .set(VERDICT, Verdict.VIOLATED.word())
                .set(RULE, e.rule())
                .set(REASON, e.reason())
                .build());
      }
      case WorkItemEvent.JudgementDeferred e ->
          changes.add(
              WorkItemRows.changed(e.workItem(), e.change())
                  .set(VERDICT, Verdict.DEFERRED.word())
                  .set(REASON, e.reason())
                  .build());
      case WorkItemEvent.Retitled e ->
          WorkItemRows.current(item, e.change()).set(TITLE, SealedColumn.write(e.title()));
      case WorkItemEvent.AssignmentChanged e ->
          WorkItemRows.current(item, e.change())
              .set(ASSIGNED_TO, SealedColumn.subject(e.to()))
              .set(ASSIGNED_TO_NAME, SealedColumn.name(e.to()));
      case WorkItemEvent.FieldsChanged e -> {
        WorkItemRows.current(item, e.change());
        for (FieldChange change : e.changes()) {
          changes.add(WorkItemRows.field(e.workItem(), change.field(), change.after(), e.change()));
          if (change.field().equals(Fields.TYPE)
              && change.after() instanceof FieldValue.Plain(String type)) {
            item.set(TYPE, type);
          }
        }
      }
      case WorkItemEvent.LinksChanged e -> {
        WorkItemRows.current(item, e.change());
        e.removed().forEach(l -> changes.add(WorkItemRows.link(e.workItem(), l, true, e.change())));
        e.added().forEach(l -> changes.add(WorkItemRows.link(e.workItem(), l, false, e.change())));
      }
      case WorkItemEvent.Commented e -> {
        WorkItemRows.current(item, e.change());
        changes.add(WorkItemRows.comment(index, e));
      }
      case WorkItemEvent.Deleted e -> WorkItemRows.current(item, e.change()).set(DELETED, true);
      case WorkItemEvent.Restored e -> WorkItemRows.current(item, e.change()).set(DELETED, false);
      case WorkItemEvent.GapDetected e -> item.set(GAPS, range(e.from(), e.to()));
      case WorkItemEvent.LateUpdateRecorded e -> late(index, e, item, changes);
      case WorkItemEvent.TransitionRequested e ->
          changes.add(
              TRANSITION_REQUEST
                  .row(e.workItem().toString(), index)
                  .set(KIND, "requested")
                  .set(FROM_STATE, e.from().word())
                  .set(TO_STATE, e.to().word())
                  .set(ACTOR, provenance.actor().ref())
                  .build());
      case WorkItemEvent.TransitionRefused e ->
          changes.add(
              TRANSITION_REQUEST
                  .row(e.workItem().toString(), index)
                  .set(KIND, "refused")
                  .set(FROM_STATE, e.from().word())
                  .set(TO_STATE, e.to().word())
                  .set(RULE, e.rule())
                  .set(REASON, e.reason())
                  .set(ACTOR, provenance.actor().ref())
                  .build());
      case GateEvent _, SyncEvent _ -> {
        // told by projections of their own
      }
    }
    changes.add(item.build());
    String delivery = provenance.deliveryId();
    if (delivery != null) {
      changes.add(
          WORK_ITEM_DELIVERY
              .row(event.workItem().toString(), delivery)
              .set(FIRST_INDEX, index)
              .build());
    }
    return changes;
  }

  @Override
  public List<RowChange> onPurged(long index, PayloadPurged purged) {
    if (!purged.name().equals(COMMENTED)) {
      return List.of();
    }
    return List.of(
        WorkItemRows.purgedComment(purged),
        WorkItemRows.item(WorkItemId.parse(purged.aggregate())).build());
  }

  private static void registered(
      long index, WorkItemEvent.Registered e, RowChange.Builder item, List<RowChange> changes) {
    WorkItemRows.current(item, e.change())
        .set(PROJECT, e.project().toString())
        .set(TYPE, e.type())
        .set(STATE, word(e.state()))
        .set(SOURCE_STATE, e.sourceState())
        .set(PROCESS, e.process().word())
        .set(TITLE, SealedColumn.write(e.title()))
        .set(CREATED_BY, SealedColumn.subject(e.createdBy()))
        .set(CREATED_BY_NAME, SealedColumn.name(e.createdBy()))
        .set(ASSIGNED_TO, SealedColumn.subject(e.assignedTo()))
        .set(ASSIGNED_TO_NAME, SealedColumn.name(e.assignedTo()))
        .set(REGISTERED_INDEX, index);
    changes.add(
        WorkItemRows.sighted(index, e.workItem(), e.change())
            .set(TO_STATE, word(e.state()))
            .set(SOURCE_TO, e.sourceState())
            .set(VERDICT, e.state() == null ? Verdict.UNMAPPED.word() : null)
            .build());
    e.fields()
        .forEach(
            (field, value) ->
                changes.add(WorkItemRows.field(e.workItem(), field, value, e.change())));
    e.links()
        .forEach(link -> changes.add(WorkItemRows.link(e.workItem(), link, false, e.change())));
  }

  /** History only: what still holds follows as events of its own. */
  private static void late(
      long index,
      WorkItemEvent.LateUpdateRecorded e,
      RowChange.Builder item,
      List<RowChange> changes) {
    Integer updateId = e.change().updateId();
    if (updateId != null) {
      item.set(FILLED, range(updateId, updateId));
    }
    if (e.sourceFrom() != null || e.sourceTo() != null) {
      changes.add(
          WorkItemRows.changed(index, e.workItem(), e.change(), "late")
              .set(SOURCE_FROM, e.sourceFrom())
              .set(SOURCE_TO, e.sourceTo())
              .build());
    }
  }

  private static String range(int from, int to) {
    return "[" + from + "," + to + "]";
  }

  private static @Nullable String word(@Nullable WorkItemState state) {
    return state == null ? null : state.word();
  }
}
