-- The tables this part leans on, for as long as db/eventlog/V1__log.sql is not on the class path.
create schema eventlog;
create table eventlog.log (log_id uuid primary key);
insert into eventlog.log (log_id) values (gen_random_uuid());
create table eventlog.entry (
  index bigint primary key,
  entry_hash bytea not null,
  entry bytea not null,
  aggregate_type text not null,
  aggregate_id text not null,
  sequence bigint not null,
  event_id uuid not null,
  name text not null,
  revision text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor text not null,
  correlation_id text not null,
  causation_id text not null,
  payload bytea not null,
  metadata bytea not null
);
create table eventlog.data_key (
  id uuid primary key,
  owner text not null,
  purpose text not null,
  wrapped bytea,
  created_at timestamptz not null,
  destroyed_at timestamptz
);
