package io.countersign.query.workitem;

import io.countersign.query.reading.Opening;
import io.countersign.query.workitem.WorkItemView.UpdateRange;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A row of {@code rm.work_item} as read, personal columns still sealed. */
record WorkItemRow(
    String id,
    String organization,
    int number,
    String project,
    String type,
    @Nullable String state,
    String sourceState,
    String process,
    @Nullable String title,
    @Nullable UUID assignedTo,
    @Nullable String assignedToName,
    @Nullable UUID createdBy,
    @Nullable String createdByName,
    boolean deleted,
    boolean incomplete,
    String missing,
    long violations,
    @Nullable Integer lastUpdateId,
    int revision,
    Instant changedAt,
    @Nullable UUID changedBy,
    @Nullable String changedByName,
    long registeredIndex,
    long lastIndex) {

  /** What a statement has to select from {@code rm.work_item i}. */
  static final String COLUMNS =
      """
      i.id, i.organization, i.number, i.project, i.type, i.state, i.source_state, i.process,
      i.title, i.assigned_to, i.assigned_to_name, i.created_by, i.created_by_name, i.deleted,
      i.incomplete, (i.gaps - i.filled)::text as missing,
      (select count(*) from rm.work_item_state_history h
       where h.work_item = i.id and h.verdict = 'violated') as violations,
      i.last_update_id, i.revision, i.changed_at, i.changed_by, i.changed_by_name,
      i.registered_index, i.last_index
      """;

  private static final Pattern RANGE = Pattern.compile("\\[(-?\\d+),(-?\\d+)\\)");

  static WorkItemRow of(Readable row) {
    return new WorkItemRow(
        required(row, "id", String.class),
        required(row, "organization", String.class),
        required(row, "number", Integer.class),
        required(row, "project", String.class),
        required(row, "type", String.class),
        row.get("state", String.class),
        required(row, "source_state", String.class),
        required(row, "process", String.class),
        row.get("title", String.class),
        row.get("assigned_to", UUID.class),
        row.get("assigned_to_name", String.class),
        row.get("created_by", UUID.class),
        row.get("created_by_name", String.class),
        required(row, "deleted", Boolean.class),
        required(row, "incomplete", Boolean.class),
        required(row, "missing", String.class),
        required(row, "violations", Long.class),
        row.get("last_update_id", Integer.class),
        required(row, "revision", Integer.class),
        required(row, "changed_at", Instant.class),
        row.get("changed_by", UUID.class),
        row.get("changed_by_name", String.class),
        required(row, "registered_index", Long.class),
        required(row, "last_index", Long.class));
  }

  private static <T> T required(Readable row, String column, Class<T> type) {
    return Objects.requireNonNull(row.get(column, type), column);
  }

  /** For the reader. Blocks when a key has to be looked up. */
  WorkItemView open(Opening opening) {
    return new WorkItemView(
        id,
        organization,
        number,
        project,
        type,
        state,
        sourceState,
        process,
        opening.text(title),
        opening.person(assignedTo, assignedToName),
        opening.person(createdBy, createdByName),
        deleted,
        incomplete,
        missingUpdates(),
        (int) violations,
        lastUpdateId,
        revision,
        changedAt,
        opening.person(changedBy, changedByName),
        registeredIndex,
        lastIndex);
  }

  /** PostgreSQL writes integer ranges with an excluded end. */
  private List<UpdateRange> missingUpdates() {
    List<UpdateRange> ranges = new ArrayList<>();
    Matcher matcher = RANGE.matcher(missing);
    while (matcher.find()) {
      ranges.add(
          new UpdateRange(
              Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)) - 1));
    }
    return ranges;
  }
}
