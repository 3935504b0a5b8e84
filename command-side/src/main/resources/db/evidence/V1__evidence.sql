create table evidence.work_item (
  id    text   not null,
  type  text   not null,
  state text,
  constraint work_item_pk primary key (id)
);
comment on table evidence.work_item is
  'Type and state of every work item, for rules about parents, children and predecessors. Derived from the log and rebuilt from it; '
  'written by the command side''s package evidence only.';

create table evidence.pull_request (
  id            text     not null,
  repository    text     not null,
  source_branch text     not null,
  status        text     not null,
  created_by    uuid,
  votes         text     not null,
  commits       text[]   not null,
  constraint pull_request_pk primary key (id)
);
comment on table evidence.pull_request is
  'How pull requests stand: who made them, how reviewers voted, which commits were in them. People are random subject ids. Derived '
  'from the log and rebuilt from it; written by the command side''s package evidence only.';

create table evidence.git_commit (
  organization text not null,
  id           text not null,
  author       uuid,
  committer    uuid,
  constraint git_commit_pk primary key (organization, id)
);
comment on table evidence.git_commit is
  'Who wrote and committed a commit, as random subject ids, and as git says it, which anybody can set. Derived from the log and '
  'rebuilt from it; written by the command side''s package evidence only.';

create table evidence.pushed_commit (
  organization text not null,
  repository   text not null,
  branch       text not null,
  git_commit   text not null,
  constraint pushed_commit_pk primary key (organization, repository, branch, git_commit)
);
comment on table evidence.pushed_commit is
  'Which commits were pushed to which branch. Derived from the log and rebuilt from it; written by the command side''s package '
  'evidence only.';

create table evidence.build (
  id           text        not null,
  organization text        not null,
  pipeline     text        not null,
  git_commit   text,
  result       text        not null,
  at           timestamptz not null,
  constraint build_pk primary key (id)
);
create index build_commit on evidence.build (organization, git_commit);
comment on table evidence.build is
  'What builds came to, and of which commit. Derived from the log and rebuilt from it; written by the command side''s package '
  'evidence only.';

create table evidence.token (
  processor_name varchar(255) not null,
  segment        integer      not null,
  token          bytea,
  token_type     varchar(255),
  timestamp      varchar(255),
  owner          varchar(255),
  constraint token_pk primary key (processor_name, segment)
) with (fillfactor = 50);
comment on table evidence.token is
  'How far the log was read for this schema. Written by Axon''s JdbcTokenStore only, in the transaction of the rows.';
