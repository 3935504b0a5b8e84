create table automation.intent (
  id             uuid        not null,
  automation     text        not null,
  kind           text        not null,
  lane           text,
  topic          text,
  payload        text        not null,
  entry_index    bigint      not null,
  ordinal        integer     not null,
  correlation_id text        not null,
  causation_id   text        not null,
  created_at     timestamptz not null,
  due_at         timestamptz not null,
  next_at        timestamptz not null,
  status         text        not null default 'waiting',
  attempts       integer     not null default 0,
  code           text,
  ended_at       timestamptz,
  constraint intent_pk primary key (id),
  constraint intent_status check (status in ('waiting', 'done', 'failed', 'canceled')),
  constraint intent_ended check ((status = 'waiting') = (ended_at is null))
);
create index intent_waiting on automation.intent (next_at) where status = 'waiting';
create index intent_failed on automation.intent (ended_at) where status = 'failed';
create index intent_over on automation.intent (ended_at) where status in ('done', 'canceled');
create index intent_lane on automation.intent (lane, entry_index, ordinal)
  where lane is not null and status in ('waiting', 'failed');
create index intent_topic on automation.intent (automation, topic) where topic is not null and status = 'waiting';
comment on table automation.intent is
  'What automations mean to do: a command or an effect outside, due at a time, and what became of it. Holds references, never '
  'personal data in clear. Written in the transaction of the automation''s token, then by whoever runs it: the command side''s '
  'package automation only.';

create table automation.operation (
  id        bigint generated always as identity,
  intent    uuid        not null,
  kind      text        not null,
  principal text        not null,
  at        timestamptz not null,
  reason    text        not null,
  constraint operation_pk primary key (id),
  constraint operation_kind check (kind in ('retry', 'drop'))
);
comment on table automation.operation is
  'Who retried or dropped an intent by hand, and why. Written by the command side''s package automation only.';

create table automation.execution (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  constraint execution_pk primary key (task_name, task_instance)
) with (fillfactor = 50);
create index execution_due on automation.execution (execution_time);
create index execution_heartbeat on automation.execution (last_heartbeat);
comment on table automation.execution is
  'When which intent runs, and which node runs it: the table of the library db-scheduler. A row is here until its intent is over. '
  'Written by that library; put in, and taken out when an intent is canceled, by the command side''s package automation only.';

create table automation.token (
  processor_name varchar(255) not null,
  segment        integer      not null,
  token          bytea,
  token_type     varchar(255),
  timestamp      varchar(255),
  owner          varchar(255),
  constraint token_pk primary key (processor_name, segment)
) with (fillfactor = 50);
comment on table automation.token is
  'Tracking tokens of the automations'' processors. Written by Axon''s JdbcTokenStore only, in the transaction of the intents.';
