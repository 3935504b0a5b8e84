-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
create table ${flyway:defaultSchema}.policy_project (
  project text not null,
  process text,
  last_index bigint not null,
  constraint policy_project_pk primary key (project)
);
comment on table ${flyway:defaultSchema}.policy_project is
  'The process of each project. Written by the projection policies version 1 only.';

create table ${flyway:defaultSchema}.attached_policy (
  project text not null,
  entry_index bigint not null,
  environment text,
  policy text not null,
  version text not null,
  sha256 text not null,
  holds_from timestamptz not null,
  last_index bigint not null,
  constraint attached_policy_pk primary key (project, entry_index)
);
comment on table ${flyway:defaultSchema}.attached_policy is
  'Policies attached to projects, and since when each holds. Written by the projection policies version 1 only.';

create table ${flyway:defaultSchema}.policy_trace (
  sha256 text not null,
  place integer not null,
  parent text not null,
  child text not null,
  rationale text not null,
  required boolean not null,
  last_index bigint not null,
  constraint policy_trace_pk primary key (sha256, place)
);
comment on table ${flyway:defaultSchema}.policy_trace is
  'Which work item type hangs below which, by the digest of the policy that says so. Written by the projection policies version 1 only.';
