-- What was received, what waits, what became of it. Owner: command-side, package command.inbox; nobody else writes here.
--
-- Insert-only: delivery, body, outcome, operation. A delivery's state is its last outcome, or "received" while it waits.
-- Only pending and lane_lease change, and both stay as small as the backlog. Nothing is ever updated in place on the way of a
-- normal delivery, and no single row is updated again and again: under a long snapshot (a backup, a verification) dead versions
-- of a hot row cannot pile up. Deleted pending rows do pile up then, but at positions that are finished; claims start scanning
-- behind them (see Claims).

create sequence inbox.fence;

create table inbox.delivery (
  id uuid primary key,
  position bigint generated always as identity unique,
  received_at timestamptz not null,
  day date not null,
  key_id uuid not null,
  identity bytea not null,
  digest bytea not null,
  size bigint not null,
  content_kept boolean not null,
  subscription_id uuid,
  notification_id bigint,
  event_id uuid,
  event_type text,
  lane text not null,
  unique (key_id, identity)
);
create index delivery_event on inbox.delivery (event_id, position) where event_id is not null;
comment on table inbox.delivery is
  'One row per received delivery, insert-only. identity: HMAC under the daily key; digest: SHA-256 of the ciphertext as stored.';

create table inbox.body (
  day date not null,
  delivery_id uuid not null,
  key_id uuid not null,
  sealed bytea not null,
  primary key (day, delivery_id)
) partition by range (day);
alter table inbox.body alter column sealed set storage external;
comment on table inbox.body is
  'Headers and body as received, AES-256-GCM under the daily key. Insert-only daily partitions, dropped at retention.';

create table inbox.pending (
  position bigint primary key,
  lane text not null,
  received_at timestamptz not null,
  next_attempt_at timestamptz not null default now(),
  attempts integer not null default 0
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
create index pending_lane on inbox.pending (lane, position);
comment on table inbox.pending is 'Deliveries that wait to be handled, in arrival order; the row is deleted on completion.';

create table inbox.lane_lease (
  lane text primary key,
  position bigint not null,
  node uuid not null,
  fence bigint not null default nextval('inbox.fence'),
  expires_at timestamptz not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
create index lane_lease_expiry on inbox.lane_lease (expires_at);
comment on table inbox.lane_lease is
  'Who works on a lane, on which delivery, until when. Only the holder of the fence may close the delivery.';

create table inbox.outcome (
  id bigint generated always as identity,
  position bigint not null,
  at timestamptz not null,
  attempt integer not null,
  status text not null
    check (status in ('failed', 'handled', 'ignored', 'quarantined', 'duplicate', 'evicted')),
  code text,
  detail text,
  aggregates text[] not null default '{}',
  primary key (position, id)
);
create index outcome_status on inbox.outcome (status, position) where status <> 'failed';
comment on table inbox.outcome is
  'What became of a delivery, attempt by attempt, insert-only: the last row is its state. Codes, never values.';

create table inbox.operation (
  id bigint generated always as identity primary key,
  position bigint not null,
  kind text not null check (kind in ('retry', 'evict', 'read-body')),
  principal text not null,
  at timestamptz not null,
  reason text
);
create index operation_position on inbox.operation (position);
comment on table inbox.operation is 'Who did or read what by hand, when and why. Insert-only.';
