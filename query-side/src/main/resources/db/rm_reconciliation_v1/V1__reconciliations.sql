-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
create table ${flyway:defaultSchema}.reconciliation (
  project text not null,
  entry_index bigint not null,
  kind text,
  outcome text,
  run text,
  asked text,
  asked_by text,
  from_at timestamptz,
  to_at timestamptz,
  items_source int4,
  items_ours int4,
  count_source int4,
  count_ours int4,
  missing int4,
  unexpected int4,
  filled int4,
  reason text,
  last_index bigint not null,
  constraint reconciliation_pk primary key (project, entry_index)
);
create index reconciliation_by_entry on ${flyway:defaultSchema}.reconciliation (entry_index);
comment on table ${flyway:defaultSchema}.reconciliation is
  'What comparing a window of a project with the log found; count is of revisions, notifications or builds. Written by the projection '
  'reconciliations version 1 only.';

create table ${flyway:defaultSchema}.reconciliation_difference (
  project text not null,
  entry_index bigint not null,
  place int4 not null,
  side text,
  what text,
  work_item text,
  first_number int4,
  last_number int4,
  size int4,
  last_index bigint not null,
  constraint reconciliation_difference_pk primary key (project, entry_index, place)
);
comment on table ${flyway:defaultSchema}.reconciliation_difference is
  'What one side had and the other had not, the first ones of each result. Written by the projection reconciliations version 1 only.';

create table ${flyway:defaultSchema}.subscription_status (
  project text not null,
  event_type text not null,
  entry_index bigint not null,
  status_before text,
  status text,
  seen_by text,
  last_index bigint not null,
  constraint subscription_status_pk primary key (project, event_type, entry_index)
);
create index subscription_status_by_entry on ${flyway:defaultSchema}.subscription_status (entry_index);
comment on table ${flyway:defaultSchema}.subscription_status is
  'How the subscriptions by which webhooks come stood, one row a change. Written by the projection reconciliations version 1 only.';
