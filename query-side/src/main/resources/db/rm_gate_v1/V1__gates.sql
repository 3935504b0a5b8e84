-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
create table ${flyway:defaultSchema}.gate_fact (
  work_item text not null,
  kind text not null,
  id text not null,
  name text,
  from_state text,
  to_state text,
  status text,
  revision int4,
  principal text,
  person uuid,
  roles text,
  other_principal text,
  digest text,
  until_at timestamptz,
  words text,
  first_index bigint,
  last_index bigint not null,
  constraint gate_fact_pk primary key (work_item, kind, id)
);
comment on table ${flyway:defaultSchema}.gate_fact is
  'Documents, attestations, approvals, delegations and overrides of work items, as they stand; what people wrote is sealed. Written by '
  'the projection gates version 1 only.';

create table ${flyway:defaultSchema}.gate_decision (
  work_item text not null,
  entry_index bigint not null,
  from_state text,
  to_state text,
  policy text,
  policy_sha256 text,
  allowed boolean not null,
  missing text,
  override_id uuid,
  revision int4,
  actor text,
  last_index bigint not null,
  constraint gate_decision_pk primary key (work_item, entry_index)
);
comment on table ${flyway:defaultSchema}.gate_decision is
  'What policies said of transitions, asked for or happened. Written by the projection gates version 1 only.';

create table ${flyway:defaultSchema}.gate_move (
  work_item text not null,
  moved_index bigint,
  last_index bigint not null,
  constraint gate_move_pk primary key (work_item)
);
comment on table ${flyway:defaultSchema}.gate_move is
  'When a work item moved to another state last: approvals from before are spent. Written by the projection gates version 1 only.';
