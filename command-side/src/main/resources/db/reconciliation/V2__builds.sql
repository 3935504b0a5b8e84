create table reconciliation.builds (
  project text        not null,
  reached timestamptz not null,
  constraint builds_pk primary key (project)
);
comment on table reconciliation.builds is
  'Up to when the finished builds of each project were compared. No personal data. Written by the command side''s package '
  'reconciliation only.';
