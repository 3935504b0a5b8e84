package io.countersign.query.reconciliation;

import static io.countersign.query.projection.Column.of;
import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.INTEGER;
import static io.countersign.query.projection.ColumnType.TEXT;
import static io.countersign.query.projection.ColumnType.TIMESTAMP;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.util.List;

/** The tables of {@code rm_reconciliation_v1}, as its migration makes them. */
final class ReconciliationTables {

  private static final Column PROJECT = of("project", WORD);
  private static final Column ENTRY_INDEX = of("entry_index", BIGINT);

  static final Column KIND = of("kind", WORD);
  static final Column OUTCOME = of("outcome", WORD);
  static final Column RUN = of("run", WORD);
  static final Column ASKED = of("asked", WORD);
  static final Column ASKED_BY = of("asked_by", WORD);
  static final Column FROM_AT = of("from_at", TIMESTAMP);
  static final Column TO_AT = of("to_at", TIMESTAMP);
  static final Column ITEMS_SOURCE = of("items_source", INTEGER);
  static final Column ITEMS_OURS = of("items_ours", INTEGER);
  static final Column COUNT_SOURCE = of("count_source", INTEGER);
  static final Column COUNT_OURS = of("count_ours", INTEGER);
  static final Column MISSING = of("missing", INTEGER);
  static final Column UNEXPECTED = of("unexpected", INTEGER);
  static final Column FILLED = of("filled", INTEGER);
  static final Column REASON = of("reason", TEXT);

  static final Table RESULT =
      new Table(
          "reconciliation",
          List.of(PROJECT, ENTRY_INDEX),
          List.of(
              KIND,
              OUTCOME,
              RUN,
              ASKED,
              ASKED_BY,
              FROM_AT,
              TO_AT,
              ITEMS_SOURCE,
              ITEMS_OURS,
              COUNT_SOURCE,
              COUNT_OURS,
              MISSING,
              UNEXPECTED,
              FILLED,
              REASON));

  static final Column SIDE = of("side", WORD);
  static final Column WHAT = of("what", WORD);
  static final Column WORK_ITEM = of("work_item", WORD);
  static final Column FIRST = of("first_number", INTEGER);
  static final Column LAST = of("last_number", INTEGER);
  static final Column SIZE = of("size", INTEGER);

  static final Table DIFFERENCE =
      new Table(
          "reconciliation_difference",
          List.of(PROJECT, ENTRY_INDEX, of("place", INTEGER)),
          List.of(SIDE, WHAT, WORK_ITEM, FIRST, LAST, SIZE));

  static final Column BEFORE = of("status_before", WORD);
  static final Column STATUS = of("status", WORD);
  static final Column SEEN_BY = of("seen_by", WORD);

  static final Table SUBSCRIPTION =
      new Table(
          "subscription_status",
          List.of(PROJECT, of("event_type", WORD), ENTRY_INDEX),
          List.of(BEFORE, STATUS, SEEN_BY));

  private ReconciliationTables() {}
}
