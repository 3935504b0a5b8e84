-- What a work item is and what it is linked with. Written by the projection traceability version 1 only.
create table ${flyway:defaultSchema}.traced_item (
  id text not null,
  number integer not null,
  project text,
  type text,
  process text,
  state text,
  deleted boolean not null,
  last_index bigint not null,
  constraint traced_item_pk primary key (id)
);
create index traced_item_project on ${flyway:defaultSchema}.traced_item (project, type, number);
comment on table ${flyway:defaultSchema}.traced_item is
  'Work items by type and state. Written by the projection traceability version 1 only.';

create table ${flyway:defaultSchema}.item_relation (
  work_item text not null,
  relation text not null,
  upper text not null,
  lower text not null,
  removed boolean not null,
  told_by integer,
  last_index bigint not null,
  constraint item_relation_pk primary key (work_item, relation, upper, lower)
);
create index item_relation_upper on ${flyway:defaultSchema}.item_relation (upper, relation);
create index item_relation_lower on ${flyway:defaultSchema}.item_relation (lower, relation);
comment on table ${flyway:defaultSchema}.item_relation is
  'Relations between two work items as either end told them: hierarchy (parent, child) and tests (tested, test case). Written by the projection traceability version 1 only.';

create table ${flyway:defaultSchema}.item_artifact (
  work_item text not null,
  artifact text not null,
  kind text,
  removed boolean not null,
  told_by integer,
  last_index bigint not null,
  constraint item_artifact_pk primary key (work_item, artifact)
);
comment on table ${flyway:defaultSchema}.item_artifact is
  'Commits, pull requests and builds a work item is linked with. Written by the projection traceability version 1 only.';
