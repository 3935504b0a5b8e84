create table privacy.matter (
  id        uuid        not null,
  kind      text        not null,
  subject   uuid        not null,
  opened_at timestamptz not null,
  closed    boolean     not null default false,
  constraint matter_pk primary key (id),
  constraint matter_kind check (kind in ('erasure', 'hold'))
);
create index matter_open on privacy.matter (kind, opened_at) where not closed;
comment on table privacy.matter is
  'Where to look: which subject an erasure or a legal hold is about, and whether it is over. Written before the event that opens '
  'it; what was decided is in the log only. Written by the command side''s package privacy only.';
