create table query.operation (
  id uuid not null,
  projection text not null,
  kind text not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  result_event uuid not null default gen_random_uuid(),
  state text not null default 'requested',
  cancel_requested boolean not null default false,
  node text,
  lease_until timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  entries_done bigint not null default 0,
  entries_all bigint,
  outcome text,
  error text,
  result text,
  constraint operation_pk primary key (id),
  constraint operation_state_known check (state in ('requested', 'running', 'done', 'failed', 'canceled'))
);
comment on table query.operation is
  'What is to be done to projections, how far it is and what came of it; the log has the same as events. Written by '
  'nodes with the role query, the running one by whichever holds the lease.';

-- one at a time for each projection
create unique index operation_open_uq on query.operation (projection) where state in ('requested', 'running');
create index operation_requested_ix on query.operation (requested_at);
