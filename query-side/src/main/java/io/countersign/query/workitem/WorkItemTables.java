package io.countersign.query.workitem;

import static io.countersign.query.projection.Column.first;
import static io.countersign.query.projection.Column.flag;
import static io.countersign.query.projection.Column.greatest;
import static io.countersign.query.projection.Column.newest;
import static io.countersign.query.projection.Column.of;
import static io.countersign.query.projection.Column.ranges;
import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.BOOLEAN;
import static io.countersign.query.projection.ColumnType.INTEGER;
import static io.countersign.query.projection.ColumnType.TEXT;
import static io.countersign.query.projection.ColumnType.TIMESTAMP;
import static io.countersign.query.projection.ColumnType.UUID;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.util.List;

/** The tables of {@code rm_workitem_v1}, as its migrations make them. */
final class WorkItemTables {

  static final Column ID = of("id", WORD);
  static final Column ORGANIZATION = of("organization", WORD);
  static final Column NUMBER = of("number", INTEGER);
  static final Column PROJECT = of("project", WORD);
  static final Column TYPE = of("type", WORD);
  static final Column STATE = of("state", WORD);
  static final Column SOURCE_STATE = of("source_state", WORD);
  static final Column PROCESS = of("process", WORD);
  static final Column TITLE = of("title", TEXT);
  static final Column ASSIGNED_TO = of("assigned_to", UUID);
  static final Column ASSIGNED_TO_NAME = of("assigned_to_name", TEXT);
  static final Column CREATED_BY = of("created_by", UUID);
  static final Column CREATED_BY_NAME = of("created_by_name", TEXT);
  static final Column DELETED = flag("deleted");
  static final Column VIOLATED = flag("violated");
  static final Column GAPS = ranges("gaps");
  static final Column FILLED = ranges("filled");
  static final Column LAST_UPDATE_ID = greatest("last_update_id");
  static final Column LAST_REVISION = newest("revision", INTEGER, LAST_UPDATE_ID);
  static final Column LAST_CHANGED_AT = newest("changed_at", TIMESTAMP, LAST_UPDATE_ID);
  static final Column LAST_CHANGED_BY = newest("changed_by", UUID, LAST_UPDATE_ID);
  static final Column LAST_CHANGED_BY_NAME = newest("changed_by_name", TEXT, LAST_UPDATE_ID);
  static final Column REGISTERED_INDEX = first("registered_index", BIGINT);

  static final Table WORK_ITEM =
      new Table(
          "work_item",
          List.of(ID),
          List.of(
              ORGANIZATION,
              NUMBER,
              PROJECT,
              TYPE,
              STATE,
              SOURCE_STATE,
              PROCESS,
              TITLE,
              ASSIGNED_TO,
              ASSIGNED_TO_NAME,
              CREATED_BY,
              CREATED_BY_NAME,
              DELETED,
              VIOLATED,
              GAPS,
              FILLED,
              LAST_UPDATE_ID,
              LAST_REVISION,
              LAST_CHANGED_AT,
              LAST_CHANGED_BY,
              LAST_CHANGED_BY_NAME,
              REGISTERED_INDEX));

  static final Column WORK_ITEM_ID = of("work_item", WORD);
  static final Column REVISION = of("revision", INTEGER);
  static final Column UPDATE_ID = of("update_id", INTEGER);
  static final Column STEP = of("step", INTEGER);
  static final Column CHANGED_AT = of("changed_at", TIMESTAMP);
  static final Column CHANGED_BY = of("changed_by", UUID);
  static final Column CHANGED_BY_NAME = of("changed_by_name", TEXT);
  static final Column KIND = of("kind", WORD);
  static final Column FROM_STATE = of("from_state", WORD);
  static final Column TO_STATE = of("to_state", WORD);
  static final Column SOURCE_FROM = of("source_from", WORD);
  static final Column SOURCE_TO = of("source_to", WORD);
  static final Column VERDICT = of("verdict", WORD);
  static final Column RULE = of("rule", WORD);
  static final Column REASON = of("reason", TEXT);
  static final Column ENTRY_INDEX = first("entry_index", BIGINT);

  static final Table STATE_HISTORY =
      new Table(
          "work_item_state_history",
          List.of(WORK_ITEM_ID, REVISION, UPDATE_ID, STEP),
          List.of(
              KIND,
              FROM_STATE,
              TO_STATE,
              SOURCE_FROM,
              SOURCE_TO,
              CHANGED_AT,
              CHANGED_BY,
              CHANGED_BY_NAME,
              VERDICT,
              RULE,
              REASON,
              ENTRY_INDEX));

  static final Column DELIVERY = of("delivery", WORD);
  static final Column FIRST_INDEX = first("first_index", BIGINT);
  static final Table WORK_ITEM_DELIVERY =
      new Table("work_item_delivery", List.of(WORK_ITEM_ID, DELIVERY), List.of(FIRST_INDEX));

  static final Column BODY = of("body", TEXT);
  static final Table COMMENT =
      new Table(
          "work_item_comment",
          List.of(WORK_ITEM_ID, ENTRY_INDEX),
          List.of(BODY, CHANGED_AT, CHANGED_BY, CHANGED_BY_NAME));

  /** Update that told of a field or link last: a later delivery may bring an older update. */
  static final Column TOLD_BY = greatest("told_by");

  static final Column LINK = of("link", WORD);
  static final Column RELATION = of("relation", WORD);
  static final Column TARGET = of("target", TEXT);
  static final Column REMOVED = newest("removed", BOOLEAN, TOLD_BY);
  static final Table WORK_ITEM_LINK =
      new Table(
          "work_item_link",
          List.of(WORK_ITEM_ID, LINK),
          List.of(RELATION, TARGET, REMOVED, TOLD_BY));

  static final Column FIELD = of("field", WORD);
  static final Column FIELD_KIND = newest("kind", WORD, TOLD_BY);
  static final Column PLAIN = newest("plain", TEXT, TOLD_BY);
  static final Column SEALED = newest("sealed", TEXT, TOLD_BY);
  static final Column PERSON = newest("person", UUID, TOLD_BY);
  static final Table WORK_ITEM_FIELD =
      new Table(
          "work_item_field",
          List.of(WORK_ITEM_ID, FIELD),
          List.of(FIELD_KIND, PLAIN, SEALED, PERSON, TOLD_BY));

  static final Column ACTOR = of("actor", WORD);
  static final Table TRANSITION_REQUEST =
      new Table(
          "work_item_transition_request",
          List.of(WORK_ITEM_ID, ENTRY_INDEX),
          List.of(KIND, FROM_STATE, TO_STATE, RULE, REASON, ACTOR));

  static final List<Table> ALL =
      List.of(
          WORK_ITEM,
          STATE_HISTORY,
          WORK_ITEM_DELIVERY,
          COMMENT,
          WORK_ITEM_LINK,
          WORK_ITEM_FIELD,
          TRANSITION_REQUEST);

  private WorkItemTables() {}
}
