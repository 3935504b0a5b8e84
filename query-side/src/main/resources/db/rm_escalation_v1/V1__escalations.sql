-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
create table ${flyway:defaultSchema}.escalation (
  id text not null,
  episode integer,
  status text,
  category text,
  severity text,
  level integer,
  team text,
  kind text,
  work_item text,
  project text,
  rule text,
  evidence text,
  dedupe_key text,
  occurrences integer,
  assignee text,
  merged_into text,
  snoozed_until timestamptz,
  raised_at timestamptz,
  raised_by text,
  level_2_at timestamptz,
  level_3_at timestamptz,
  acknowledged_at timestamptz,
  resolved_at timestamptz,
  resolution text,
  resolution_text text,
  matrix_version integer,
  matrix_sha256 text,
  context text,
  context_sha256 text,
  raised_index bigint,
  last_index bigint not null,
  constraint escalation_pk primary key (id)
);
create index escalation_by_status on ${flyway:defaultSchema}.escalation (status, raised_index);
comment on table ${flyway:defaultSchema}.escalation is
  'Escalations as they are now; text is sealed. Written by the projection escalations version 1 only.';

create table ${flyway:defaultSchema}.escalation_step (
  escalation text not null,
  entry_index bigint not null,
  step text,
  at timestamptz,
  actor text,
  detail text,
  last_index bigint not null,
  constraint escalation_step_pk primary key (escalation, entry_index)
);
comment on table ${flyway:defaultSchema}.escalation_step is
  'What happened to escalations, one row an entry. Written by the projection escalations version 1 only.';
