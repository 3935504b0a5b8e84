create table reconciliation.project (
  project         text        not null,
  name            text        not null,
  revisions_token text,
  links_token     text,
  compared        bigint      not null default 0,
  reached         timestamptz,
  next_at         timestamptz not null default now(),
  run             uuid,
  asked           text,
  lease_until     timestamptz,
  started_at      timestamptz,
  ended_at        timestamptz,
  outcome         text,
  reason          text,
  missing         bigint      not null default 0,
  filled          bigint      not null default 0,
  silent          boolean     not null default false,
  hooks           text,
  constraint project_pk primary key (project),
  constraint project_outcome check (outcome in ('compared', 'failed'))
);
comment on table reconciliation.project is
  'How far each project of a source was compared with the log, who compares it now, and what came of the last run. No personal '
  'data. Written by the command side''s package reconciliation only.';

create table reconciliation.outstanding (
  project text        not null,
  item    integer     not null,
  since   timestamptz not null default now(),
  constraint outstanding_pk primary key (project, item)
);
comment on table reconciliation.outstanding is
  'Work items that were not made whole by the run that found something missing: each further run compares them again. Written by '
  'the command side''s package reconciliation only.';
