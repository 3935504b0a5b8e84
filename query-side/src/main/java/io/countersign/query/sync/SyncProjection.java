package io.countersign.query.sync;

import static io.countersign.query.sync.SyncTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.SealedColumn;
import io.countersign.query.projection.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What we asked the source for, what came of it, and conflicts. */
public final class SyncProjection implements Projection<WorkItemEvent> {

  @Override
  public String name() {
    return "syncs";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_sync_v1";
  }

  @Override
  public Class<WorkItemEvent> family() {
    return WorkItemEvent.class;
  }

  /** Few of the family, so that a rebuild reads few. */
  @Override
  public boolean takes(Class<?> event) {
    return SyncEvent.class.isAssignableFrom(event)
        || event == WorkItemEvent.TransitionRequested.class
        || event == WorkItemEvent.Registered.class;
  }

  @Override
  public List<Table> tables() {
    return List.of(ITEM, REQUEST, STEP, CONFLICT);
  }

  @Override
  public List<RowChange> on(long index, WorkItemEvent event, Provenance provenance) {
    return switch (event) {
      case WorkItemEvent.Registered e ->
          List.of(ITEM.row(e.workItem().toString()).set(PROJECT, e.project().toString()).build());
      case WorkItemEvent.TransitionRequested e ->
          List.of(
              request(index, e.workItem(), "write", e.to(), provenance)
                  .set(FROM_STATE, e.from().word())
                  .build());
      case SyncEvent e -> on(index, e, provenance);
      default -> List.of();
    };
  }

  private static List<RowChange> on(long index, SyncEvent event, Provenance provenance) {
    return switch (event) {
      case SyncEvent.ReversalRequested e ->
          List.of(
              request(index, e.workItem(), "reversal", e.back(), provenance)
                  .set(SOURCE_TO, e.sourceBack())
                  .set(RULE, e.rule())
                  .build());
      case SyncEvent.TransitionWritten e ->
          List.of(
              step(index, e.workItem(), "written", e.to(), provenance)
                  .set(SOURCE_STATE, e.sourceState())
                  .set(REVISION, e.revision())
                  .build());
      case SyncEvent.TransitionConfirmed e ->
          List.of(
              step(index, e.workItem(), "confirmed", e.to(), provenance)
                  .set(REVISION, e.change().revision())
                  .build());
      case SyncEvent.WriteRefused e ->
          List.of(
              step(index, e.workItem(), "refused", e.to(), provenance)
                  .set(CODE, e.code())
                  .set(WORDS, SealedColumn.write(e.words()))
                  .build());
      case SyncEvent.WriteAbandoned e ->
          List.of(
              step(index, e.workItem(), "abandoned", e.to(), provenance)
                  .set(CODE, e.reason())
                  .set(WORDS, SealedColumn.write(e.words()))
                  .build());
      case SyncEvent.ConflictDetected e ->
          List.of(
              step(index, e.workItem(), "conflict", e.wanted(), provenance)
                  .set(SOURCE_STATE, e.sourceTheirs())
                  .set(REVISION, e.change().revision())
                  .set(CONFLICT_ID, e.conflict())
                  .build(),
              detected(index, e));
      case SyncEvent.ConflictResolved e ->
          List.of(
              CONFLICT
                  .row(e.workItem().toString(), e.conflict())
                  .set(RESOLUTION, e.resolution().word())
                  .set(DECIDED_BY, e.decidedBy().ref())
                  .set(REASON, SealedColumn.write(e.reason()))
                  .set(RESOLVED_INDEX, index)
                  .build());
    };
  }

  private static RowChange detected(long index, SyncEvent.ConflictDetected e) {
    return CONFLICT
        .row(e.workItem().toString(), e.conflict())
        .set(FROM_STATE, e.from().word())
        .set(WANTED, e.wanted().word())
        .set(THEIRS, word(e.theirs()))
        .set(SOURCE_THEIRS, e.sourceTheirs())
        .set(REVISION, e.change().revision())
        .set(CHANGED_AT, e.change().changedAt())
        .set(CHANGED_BY, SealedColumn.subject(e.change().changedBy()))
        .set(CHANGED_BY_NAME, SealedColumn.name(e.change().changedBy()))
        .set(DETECTED_INDEX, index)
        .build();
  }

  private static RowChange.Builder request(
      long index, WorkItemId workItem, String kind, WorkItemState to, Provenance provenance) {
    return REQUEST
        .row(workItem.toString(), index)
        .set(KIND, kind)
        .set(TO_STATE, to.word())
        .set(ASKED_BY, provenance.actor().ref())
        .set(CONVERSATION, provenance.correlationId());
  }

  private static RowChange.Builder step(
      long index, WorkItemId workItem, String word, WorkItemState to, Provenance provenance) {
    return STEP.row(workItem.toString(), index)
        .set(STEP_WORD, word)
        .set(TO_STATE, to.word())
        .set(ACTOR, provenance.actor().ref())
        .set(CONVERSATION, provenance.correlationId());
  }

  private static @Nullable String word(@Nullable WorkItemState state) {
    return state == null ? null : state.word();
  }
}
