package io.countersign.query.traceability;

import static io.countersign.query.projection.Column.flag;
import static io.countersign.query.projection.Column.greatest;
import static io.countersign.query.projection.Column.newest;
import static io.countersign.query.projection.Column.of;
import static io.countersign.query.projection.ColumnType.BOOLEAN;
import static io.countersign.query.projection.ColumnType.INTEGER;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.util.List;

/** The tables of {@code rm_traceability_v1}, as its migrations make them. */
final class TraceabilityTables {

  static final Column NUMBER = of("number", INTEGER);
  static final Column PROJECT = of("project", WORD);
  static final Column TYPE = of("type", WORD);
  static final Column PROCESS = of("process", WORD);
  static final Column STATE = of("state", WORD);
  static final Column DELETED = flag("deleted");
  static final Table ITEM =
      new Table(
          "traced_item",
          List.of(of("id", WORD)),
          List.of(NUMBER, PROJECT, TYPE, PROCESS, STATE, DELETED));

  /** Updates come in any order: a link holds as the update with the highest id told it. */
  static final Column TOLD_BY = greatest("told_by");

  static final Column REMOVED = newest("removed", BOOLEAN, TOLD_BY);
  static final Table RELATION =
      new Table(
          "item_relation",
          List.of(
              of("work_item", WORD), of("relation", WORD), of("upper", WORD), of("lower", WORD)),
          List.of(REMOVED, TOLD_BY));

  static final Column KIND = of("kind", WORD);
  static final Table ARTIFACT =
      new Table(
          "item_artifact",
          List.of(of("work_item", WORD), of("artifact", WORD)),
          List.of(KIND, REMOVED, TOLD_BY));

  static final List<Table> ALL = List.of(ITEM, RELATION, ARTIFACT);

  private TraceabilityTables() {}
}
