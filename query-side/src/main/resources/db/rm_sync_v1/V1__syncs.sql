-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
create table ${flyway:defaultSchema}.sync_item (
  work_item text not null,
  project text,
  last_index bigint not null,
  constraint sync_item_pk primary key (work_item)
);
comment on table ${flyway:defaultSchema}.sync_item is
  'The project of each work item: the events of a write do not name it. Written by the projection syncs version 1 only.';

create table ${flyway:defaultSchema}.sync_request (
  work_item text not null,
  entry_index bigint not null,
  kind text,
  from_state text,
  to_state text,
  source_to text,
  rule text,
  asked_by text,
  conversation text,
  last_index bigint not null,
  constraint sync_request_pk primary key (work_item, entry_index)
);
create index sync_request_by_entry on ${flyway:defaultSchema}.sync_request (entry_index);
comment on table ${flyway:defaultSchema}.sync_request is
  'States we asked the source for. Written by the projection syncs version 1 only.';

create table ${flyway:defaultSchema}.sync_step (
  work_item text not null,
  entry_index bigint not null,
  step text,
  to_state text,
  source_state text,
  revision int4,
  code text,
  words text,
  conflict uuid,
  actor text,
  conversation text,
  last_index bigint not null,
  constraint sync_step_pk primary key (work_item, entry_index)
);
comment on table ${flyway:defaultSchema}.sync_step is
  'What came of what we asked for, one row an entry; words are sealed. Written by the projection syncs version 1 only.';

create table ${flyway:defaultSchema}.sync_conflict (
  work_item text not null,
  conflict uuid not null,
  from_state text,
  wanted text,
  theirs text,
  source_theirs text,
  revision int4,
  changed_at timestamptz,
  changed_by uuid,
  changed_by_name text,
  detected_index bigint,
  resolution text,
  decided_by text,
  reason text,
  resolved_index bigint,
  last_index bigint not null,
  constraint sync_conflict_pk primary key (work_item, conflict)
);
create index sync_conflict_by_entry on ${flyway:defaultSchema}.sync_conflict (detected_index);
comment on table ${flyway:defaultSchema}.sync_conflict is
  'Conflicts with both sides and how they ended; names and reasons are sealed. Written by the projection syncs version 1 only.';
