-- Pull requests, builds and deployments. Written by the projection resources version 1 only.
create table ${flyway:defaultSchema}.pull_request (
  id text not null,
  project text,
  repository text,
  number integer,
  status text,
  source_commit text,
  merge_commit text,
  told_at integer,
  last_index bigint not null,
  constraint pull_request_pk primary key (id)
);
comment on table ${flyway:defaultSchema}.pull_request is
  'Pull requests as last told. told_at: seconds since 2020, by the source''s clock. Written by the projection resources version 1 only.';

create table ${flyway:defaultSchema}.pull_request_commit (
  pull_request text not null,
  commit text not null,
  last_index bigint not null,
  constraint pull_request_commit_pk primary key (pull_request, commit)
);
comment on table ${flyway:defaultSchema}.pull_request_commit is
  'Commits a pull request ever had, its merge commit among them. Written by the projection resources version 1 only.';

create table ${flyway:defaultSchema}.build (
  id text not null,
  project text,
  number text,
  result text,
  commit text,
  told_at integer,
  last_index bigint not null,
  constraint build_pk primary key (id)
);
create index build_commit on ${flyway:defaultSchema}.build (commit);
comment on table ${flyway:defaultSchema}.build is
  'Builds that ended. Written by the projection resources version 1 only.';

create table ${flyway:defaultSchema}.deployment (
  release text not null,
  environment text not null,
  environment_name text,
  project text,
  status text,
  told_at integer,
  last_index bigint not null,
  constraint deployment_pk primary key (release, environment)
);
comment on table ${flyway:defaultSchema}.deployment is
  'Deployments of releases to environments, as last told. Written by the projection resources version 1 only.';

create table ${flyway:defaultSchema}.release_build (
  release text not null,
  build text not null,
  last_index bigint not null,
  constraint release_build_pk primary key (release, build)
);
create index release_build_build on ${flyway:defaultSchema}.release_build (build);
comment on table ${flyway:defaultSchema}.release_build is
  'Builds a release deploys. Written by the projection resources version 1 only.';
