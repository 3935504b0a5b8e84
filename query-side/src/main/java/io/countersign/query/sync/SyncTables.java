package io.countersign.query.sync;

import static io.countersign.query.projection.Column.of;
import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.INTEGER;
import static io.countersign.query.projection.ColumnType.TEXT;
import static io.countersign.query.projection.ColumnType.TIMESTAMP;
import static io.countersign.query.projection.ColumnType.UUID;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.util.List;

/**
 * The tables of {@code rm_sync_v1}, as its migration makes them. No event names the request it
 * belongs to, and a projection remembers nothing: requests and what came of them are rows of their
 * own, and the view brings them together.
 */
final class SyncTables {

  private static final Column WORK_ITEM = of("work_item", WORD);
  private static final Column ENTRY_INDEX = of("entry_index", BIGINT);

  static final Column PROJECT = of("project", WORD);

  static final Table ITEM = new Table("sync_item", List.of(WORK_ITEM), List.of(PROJECT));

  static final Column KIND = of("kind", WORD);
  static final Column FROM_STATE = of("from_state", WORD);
  static final Column TO_STATE = of("to_state", WORD);
  static final Column SOURCE_TO = of("source_to", WORD);
  static final Column RULE = of("rule", WORD);
  static final Column ASKED_BY = of("asked_by", WORD);
  static final Column CONVERSATION = of("conversation", WORD);

  static final Table REQUEST =
      new Table(
          "sync_request",
          List.of(WORK_ITEM, ENTRY_INDEX),
          List.of(KIND, FROM_STATE, TO_STATE, SOURCE_TO, RULE, ASKED_BY, CONVERSATION));

  static final Column STEP_WORD = of("step", WORD);
  static final Column SOURCE_STATE = of("source_state", WORD);
  static final Column REVISION = of("revision", INTEGER);
  static final Column CODE = of("code", WORD);
  static final Column WORDS = of("words", TEXT);
  static final Column CONFLICT_ID = of("conflict", UUID);
  static final Column ACTOR = of("actor", WORD);

  static final Table STEP =
      new Table(
          "sync_step",
          List.of(WORK_ITEM, ENTRY_INDEX),
          List.of(
              STEP_WORD,
              TO_STATE,
              SOURCE_STATE,
              REVISION,
              CODE,
              WORDS,
              CONFLICT_ID,
              ACTOR,
              CONVERSATION));

  static final Column WANTED = of("wanted", WORD);
  static final Column THEIRS = of("theirs", WORD);
  static final Column SOURCE_THEIRS = of("source_theirs", WORD);
  static final Column CHANGED_AT = of("changed_at", TIMESTAMP);
  static final Column CHANGED_BY = of("changed_by", UUID);
  static final Column CHANGED_BY_NAME = of("changed_by_name", TEXT);
  static final Column DETECTED_INDEX = of("detected_index", BIGINT);
  static final Column RESOLUTION = of("resolution", WORD);
  static final Column DECIDED_BY = of("decided_by", WORD);
  static final Column REASON = of("reason", TEXT);
  static final Column RESOLVED_INDEX = of("resolved_index", BIGINT);

  static final Table CONFLICT =
      new Table(
          "sync_conflict",
          List.of(WORK_ITEM, CONFLICT_ID),
          List.of(
              FROM_STATE,
              WANTED,
              THEIRS,
              SOURCE_THEIRS,
              REVISION,
              CHANGED_AT,
              CHANGED_BY,
              CHANGED_BY_NAME,
              DETECTED_INDEX,
              RESOLUTION,
              DECIDED_BY,
              REASON,
              RESOLVED_INDEX));

  private SyncTables() {}
}
