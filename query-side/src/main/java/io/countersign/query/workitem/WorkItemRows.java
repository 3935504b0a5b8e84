package io.countersign.query.workitem;

import static io.countersign.query.workitem.WorkItemTables.*;

import io.countersign.eventlog.serialization.SealedTexts;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.SealedColumn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The rows of a work item and how a change is told in them. */
final class WorkItemRows {

  /** Stands for an update id the notification did not have: update ids start at 1. */
  private static final int NO_UPDATE_ID = 0;

  private static final int SIGHTED = 0;
  private static final int CHANGED = 1;

  private WorkItemRows() {}

  /** The work item's own row. */
  static RowChange.Builder item(WorkItemId id) {
    return WORK_ITEM
        .row(id.toString())
        .set(ORGANIZATION, id.organization().value())
        .set(NUMBER, id.number());
  }

  /** The newest change, told in the work item's own row: the one with the highest update id. */
  static RowChange.Builder current(RowChange.Builder item, SourceChange change) {
    return item.set(LAST_UPDATE_ID, change.updateId())
        .set(LAST_REVISION, change.revision())
        .set(LAST_CHANGED_AT, change.changedAt())
        .set(LAST_CHANGED_BY, SealedColumn.subject(change.changedBy()))
        .set(LAST_CHANGED_BY_NAME, SealedColumn.name(change.changedBy()));
  }

  /** The history row of the first sighting. It may share its change with a state change. */
  static RowChange.Builder sighted(long index, WorkItemId id, SourceChange change) {
    return told(history(id, change, SIGHTED), index, change, "registered");
  }

  /** The history row of a state change. */
  static RowChange.Builder changed(WorkItemId id, SourceChange change) {
    return history(id, change, CHANGED);
  }

  /** The history row of a state change that is told now. */
  static RowChange.Builder changed(long index, WorkItemId id, SourceChange change, String kind) {
    return told(history(id, change, CHANGED), index, change, kind);
  }

  private static RowChange.Builder history(WorkItemId id, SourceChange change, int step) {
    Integer updateId = change.updateId();
    return STATE_HISTORY.row(
        id.toString(), change.revision(), updateId == null ? NO_UPDATE_ID : updateId, step);
  }

  private static RowChange.Builder told(
      RowChange.Builder row, long index, SourceChange change, String kind) {
    return row.set(KIND, kind)
        .set(ENTRY_INDEX, index)
        .set(CHANGED_AT, change.changedAt())
        .set(CHANGED_BY, SealedColumn.subject(change.changedBy()))
        .set(CHANGED_BY_NAME, SealedColumn.name(change.changedBy()));
  }

  static RowChange comment(long index, WorkItemEvent.Commented e) {
    return COMMENT
        .row(e.workItem().toString(), index)
        .set(BODY, SealedColumn.write(e.text()))
        .set(CHANGED_AT, e.change().changedAt())
        .set(CHANGED_BY, SealedColumn.subject(e.change().changedBy()))
        .set(CHANGED_BY_NAME, SealedColumn.name(e.change().changedBy()))
        .build();
  }

  /** Of a comment whose text was purged only the mark of erased text stays. */
  static RowChange purgedComment(PayloadPurged purged) {
    return COMMENT
        .row(purged.aggregate(), purged.index())
        .set(BODY, SealedTexts.erased(purged.remains()).map(SealedColumn::write).orElse(null))
        .build();
  }

  /** The key is a digest: targets may be longer than an index takes. */
  static RowChange link(WorkItemId id, Link link, boolean removed, SourceChange change) {
    return WORK_ITEM_LINK
        .row(id.toString(), digest(link.relation() + "\n" + link.target()))
        .set(RELATION, link.relation())
        .set(TARGET, link.target())
        .set(REMOVED, removed)
        .set(TOLD_BY, change.updateId())
        .build();
  }

  /** A field's value now; kind {@code empty} when it was cleared. */
  static RowChange field(
      WorkItemId id, String field, @Nullable FieldValue value, SourceChange change) {
    RowChange.Builder row =
        WORK_ITEM_FIELD
            .row(id.toString(), field)
            .set(PLAIN, null)
            .set(SEALED, null)
            .set(PERSON, null)
            .set(TOLD_BY, change.updateId());
    if (value == null) {
      return row.set(FIELD_KIND, "empty").build();
    }
    return switch (value) {
      case FieldValue.Plain(String plain) -> row.set(FIELD_KIND, "plain").set(PLAIN, plain).build();
      case FieldValue.Text(var text) ->
          row.set(FIELD_KIND, "text").set(SEALED, SealedColumn.write(text)).build();
      case FieldValue.Person(var person) ->
          row.set(FIELD_KIND, "person")
              .set(PERSON, SealedColumn.subject(person))
              .set(SEALED, SealedColumn.name(person))
              .build();
    };
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
