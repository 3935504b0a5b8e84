-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
create table ${flyway:defaultSchema}.work_item (
  id text not null,
  organization text not null,
  number integer not null,
  project text not null,
  type text not null,
  state text,
  source_state text not null,
  process text not null,
  title text,
  assigned_to uuid,
  assigned_to_name text,
  created_by uuid,
  created_by_name text,
  deleted boolean not null,
  violated boolean not null,
  gaps int4multirange not null,
  filled int4multirange not null,
  incomplete boolean generated always as (not isempty(gaps - filled)) stored,
  last_update_id integer,
  revision integer not null,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text,
  registered_index bigint not null,
  last_index bigint not null,
  constraint work_item_pk primary key (id)
);
comment on table ${flyway:defaultSchema}.work_item is
  'Work items as they are now. Written by the projection work-items version 1 only. Columns title and *_name hold sealed envelopes as JSON.';
create index work_item_changed on ${flyway:defaultSchema}.work_item (changed_at, id);
create index work_item_number on ${flyway:defaultSchema}.work_item (number, id);
create index work_item_project_changed on ${flyway:defaultSchema}.work_item (project, changed_at, id);
create index work_item_assigned on ${flyway:defaultSchema}.work_item (assigned_to, changed_at, id)
  where assigned_to is not null;
create index work_item_violated on ${flyway:defaultSchema}.work_item (changed_at, id) where violated;
create index work_item_incomplete on ${flyway:defaultSchema}.work_item (changed_at, id) where incomplete;

create table ${flyway:defaultSchema}.work_item_state_history (
  work_item text not null,
  revision integer not null,
  update_id integer not null,
  step integer not null,
  kind text,
  from_state text,
  to_state text,
  source_from text,
  source_to text,
  changed_at timestamptz,
  changed_by uuid,
  changed_by_name text,
  verdict text,
  rule text,
  reason text,
  entry_index bigint,
  last_index bigint not null,
  constraint work_item_state_history_pk primary key (work_item, revision, update_id, step)
);
comment on table ${flyway:defaultSchema}.work_item_state_history is
  'State changes of work items with their verdicts; update_id 0 where none was told, step 0 for the first sighting. Written by the projection work-items version 1 only.';

create table ${flyway:defaultSchema}.work_item_delivery (
  work_item text not null,
  delivery text not null,
  first_index bigint not null,
  last_index bigint not null,
  constraint work_item_delivery_pk primary key (work_item, delivery)
);
comment on table ${flyway:defaultSchema}.work_item_delivery is
  'Which deliveries led to which entries. Written by the projection work-items version 1 only.';

create table ${flyway:defaultSchema}.work_item_comment (
  work_item text not null,
  entry_index bigint not null,
  body text,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text,
  last_index bigint not null,
  constraint work_item_comment_pk primary key (work_item, entry_index)
);
comment on table ${flyway:defaultSchema}.work_item_comment is
  'Comments, sealed. Written by the projection work-items version 1 only.';

create table ${flyway:defaultSchema}.work_item_link (
  work_item text not null,
  link text not null,
  relation text not null,
  target text not null,
  removed boolean not null,
  last_index bigint not null,
  constraint work_item_link_pk primary key (work_item, link)
);
comment on table ${flyway:defaultSchema}.work_item_link is
  'Relations; link is the SHA-256 of relation and target. Written by the projection work-items version 1 only.';

create table ${flyway:defaultSchema}.work_item_field (
  work_item text not null,
  field text not null,
  kind text not null,
  plain text,
  sealed text,
  person uuid,
  last_index bigint not null,
  constraint work_item_field_pk primary key (work_item, field)
);
comment on table ${flyway:defaultSchema}.work_item_field is
  'Fields without a column of their own; personal ones sealed. Written by the projection work-items version 1 only.';

create table ${flyway:defaultSchema}.work_item_transition_request (
  work_item text not null,
  entry_index bigint not null,
  kind text not null,
  from_state text not null,
  to_state text not null,
  rule text,
  reason text,
  actor text not null,
  last_index bigint not null,
  constraint work_item_transition_request_pk primary key (work_item, entry_index)
);
comment on table ${flyway:defaultSchema}.work_item_transition_request is
  'Transitions asked of us, requested or refused. Written by the projection work-items version 1 only.';
