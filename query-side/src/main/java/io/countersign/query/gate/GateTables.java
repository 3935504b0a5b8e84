package io.countersign.query.gate;

import static io.countersign.query.projection.Column.first;
import static io.countersign.query.projection.Column.flag;
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

/** The tables of {@code rm_gate_v1}, as its migration makes them. */
final class GateTables {

  static final Column WORK_ITEM = of("work_item", WORD);
  static final Column NAME = of("name", WORD);
  static final Column FROM_STATE = of("from_state", WORD);
  static final Column TO_STATE = of("to_state", WORD);
  static final Column STATUS = of("status", WORD);
  static final Column REVISION = of("revision", INTEGER);
  static final Column PRINCIPAL = of("principal", WORD);
  static final Column PERSON = of("person", UUID);
  static final Column ROLES = of("roles", WORD);
  static final Column OTHER_PRINCIPAL = of("other_principal", WORD);
  static final Column DIGEST = of("digest", WORD);
  static final Column UNTIL = of("until_at", TIMESTAMP);
  static final Column WORDS = of("words", TEXT);
  static final Column FIRST_INDEX = first("first_index", BIGINT);

  static final Table FACT =
      new Table(
          "gate_fact",
          List.of(WORK_ITEM, of("kind", WORD), of("id", WORD)),
          List.of(
              NAME,
              FROM_STATE,
              TO_STATE,
              STATUS,
              REVISION,
              PRINCIPAL,
              PERSON,
              ROLES,
              OTHER_PRINCIPAL,
              DIGEST,
              UNTIL,
              WORDS,
              FIRST_INDEX));

  static final Column POLICY = of("policy", WORD);
  static final Column POLICY_SHA256 = of("policy_sha256", WORD);
  static final Column ALLOWED = flag("allowed");
  static final Column MISSING = of("missing", TEXT);
  static final Column OVERRIDE = of("override_id", UUID);
  static final Column ACTOR = of("actor", WORD);

  static final Table DECISION =
      new Table(
          "gate_decision",
          List.of(WORK_ITEM, of("entry_index", BIGINT)),
          List.of(
              FROM_STATE,
              TO_STATE,
              POLICY,
              POLICY_SHA256,
              ALLOWED,
              MISSING,
              OVERRIDE,
              REVISION,
              ACTOR));

  static final Column MOVED_INDEX = of("moved_index", BIGINT);

  static final Table MOVE = new Table("gate_move", List.of(WORK_ITEM), List.of(MOVED_INDEX));

  private GateTables() {}
}
