package io.countersign.query.escalation;

import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.INTEGER;
import static io.countersign.query.projection.ColumnType.TEXT;
import static io.countersign.query.projection.ColumnType.TIMESTAMP;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.util.List;

/** Tables and columns of escalations. */
final class EscalationTables {

  static final Column EPISODE = Column.of("episode", INTEGER);
  static final Column STATUS = Column.of("status", WORD);
  static final Column CATEGORY = Column.of("category", WORD);
  static final Column SEVERITY = Column.of("severity", WORD);
  static final Column LEVEL = Column.of("level", INTEGER);
  static final Column TEAM = Column.of("team", WORD);
  static final Column KIND = Column.of("kind", WORD);
  static final Column WORK_ITEM = Column.of("work_item", WORD);
  static final Column PROJECT = Column.of("project", WORD);
  static final Column RULE = Column.of("rule", WORD);
  static final Column EVIDENCE = Column.of("evidence", TEXT);
  static final Column DEDUPE_KEY = Column.of("dedupe_key", TEXT);
  static final Column OCCURRENCES = Column.of("occurrences", INTEGER);
  static final Column ASSIGNEE = Column.of("assignee", WORD);
  static final Column MERGED_INTO = Column.of("merged_into", WORD);
  static final Column SNOOZED_UNTIL = Column.of("snoozed_until", TIMESTAMP);
  static final Column RAISED_AT = Column.of("raised_at", TIMESTAMP);
  static final Column RAISED_BY = Column.of("raised_by", WORD);
  static final Column LEVEL_2_AT = Column.of("level_2_at", TIMESTAMP);
  static final Column LEVEL_3_AT = Column.of("level_3_at", TIMESTAMP);
  static final Column ACKNOWLEDGED_AT = Column.of("acknowledged_at", TIMESTAMP);
  static final Column RESOLVED_AT = Column.of("resolved_at", TIMESTAMP);
  static final Column RESOLUTION = Column.of("resolution", WORD);
  static final Column RESOLUTION_TEXT = Column.of("resolution_text", TEXT);
  static final Column MATRIX_VERSION = Column.of("matrix_version", INTEGER);
  static final Column MATRIX_SHA256 = Column.of("matrix_sha256", WORD);
  static final Column CONTEXT = Column.of("context", TEXT);
  static final Column CONTEXT_SHA256 = Column.of("context_sha256", WORD);
  static final Column RAISED_INDEX = Column.first("raised_index", BIGINT);

  static final Table ESCALATION =
      new Table(
          "escalation",
          List.of(Column.of("id", WORD)),
          List.of(
              EPISODE,
              STATUS,
              CATEGORY,
              SEVERITY,
              LEVEL,
              TEAM,
              KIND,
              WORK_ITEM,
              PROJECT,
              RULE,
              EVIDENCE,
              DEDUPE_KEY,
              OCCURRENCES,
              ASSIGNEE,
              MERGED_INTO,
              SNOOZED_UNTIL,
              RAISED_AT,
              RAISED_BY,
              LEVEL_2_AT,
              LEVEL_3_AT,
              ACKNOWLEDGED_AT,
              RESOLVED_AT,
              RESOLUTION,
              RESOLUTION_TEXT,
              MATRIX_VERSION,
              MATRIX_SHA256,
              CONTEXT,
              CONTEXT_SHA256,
              RAISED_INDEX));

  static final Column STEP = Column.of("step", WORD);
  static final Column AT = Column.of("at", TIMESTAMP);
  static final Column ACTOR = Column.of("actor", WORD);
  static final Column DETAIL = Column.of("detail", WORD);

  static final Table ESCALATION_STEP =
      new Table(
          "escalation_step",
          List.of(Column.of("escalation", WORD), Column.of("entry_index", BIGINT)),
          List.of(STEP, AT, ACTOR, DETAIL));

  private EscalationTables() {}
}
