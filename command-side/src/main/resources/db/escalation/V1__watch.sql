-- What the watch of escalations remembers. Owner: command-side, package command.escalation; nobody else writes here.

create table escalation.spell (
  kind    text        not null,
  subject text        not null,
  since   timestamptz not null,
  seen    timestamptz not null,
  raised  boolean     not null default false,
  constraint spell_pk primary key (kind, subject)
);
comment on table escalation.spell is
  'What should not be and is, since when, and whether an escalation was raised for it; gone when it is over. No personal data. '
  'Written by the command side''s package escalation only.';

create table escalation.heard (
  subscription uuid        not null,
  position     bigint      not null,
  at           timestamptz not null,
  constraint heard_pk primary key (subscription)
);
comment on table escalation.heard is
  'The newest delivery of each webhook subscription, by its position in the inbox. Written by the command side''s package '
  'escalation only.';
