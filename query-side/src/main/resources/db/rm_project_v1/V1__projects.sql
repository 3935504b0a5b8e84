-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
create table ${flyway:defaultSchema}.project (
  id text not null,
  organization text not null,
  name text,
  process text not null,
  process_chosen boolean not null,
  registered_index bigint not null,
  last_index bigint not null,
  constraint project_pk primary key (id)
);
comment on table ${flyway:defaultSchema}.project is
  'Projects as they are now. Written by the projection projects version 1 only.';

create table ${flyway:defaultSchema}.project_state_mapping (
  project text not null,
  work_item_type text not null,
  source_state text not null,
  state text not null,
  last_index bigint not null,
  constraint project_state_mapping_pk primary key (project, work_item_type, source_state)
);
comment on table ${flyway:defaultSchema}.project_state_mapping is
  'What operators said states of the source mean. Written by the projection projects version 1 only.';
