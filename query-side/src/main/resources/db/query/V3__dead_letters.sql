create table query.parked_sequence (
  id uuid not null default gen_random_uuid(),
  processor_name text not null,
  projection text not null,
  sequence text not null,
  first_entry bigint not null,
  code text not null,
  sql_state text,
  error text not null,
  stack text not null,
  parked_at timestamptz not null default now(),
  attempts integer not null default 1,
  last_attempt_at timestamptz not null default now(),
  constraint parked_sequence_pk primary key (id),
  constraint parked_sequence_uq unique (processor_name, sequence)
);
comment on table query.parked_sequence is
  'Sequences of events of which a projection could not take one, and what is wrong with it: no values, no payload. Added '
  'by the processor''s segment in the transaction of its rows and token; changed and removed by retrying and evicting.';

create table query.dead_letter (
  parked uuid not null,
  entry_index bigint not null,
  event_id text not null,
  event_name text not null,
  parked_at timestamptz not null default now(),
  constraint dead_letter_pk primary key (parked, entry_index),
  constraint dead_letter_parked_fk foreign key (parked) references query.parked_sequence on delete cascade
);
comment on table query.dead_letter is
  'Which events of a parked sequence wait: the one that failed first, and all that came after it. The events themselves '
  'are read from the log. Written as query.parked_sequence is.';

create table query.dead_letter_event (
  id uuid not null,
  request uuid,
  parked uuid not null,
  projection text not null,
  kind text not null,
  event text not null,
  actor text not null,
  recorded_at timestamptz not null default now(),
  told boolean not null default false,
  constraint dead_letter_event_pk primary key (id),
  constraint dead_letter_event_kind_known check (kind in ('parked', 'retried', 'evicted'))
);
comment on table query.dead_letter_event is
  'What happened to dead letters, in the transaction in which it happened, on its way to the log (told); kept, so that a '
  'request that comes again is answered as before. Written by nodes with the role query.';
create index dead_letter_event_untold_ix on query.dead_letter_event (recorded_at) where not told;
create index dead_letter_event_request_ix on query.dead_letter_event (request) where request is not null;
