-- The schema is Flyway's default one, so that the same script also makes the tables of a replay.
-- Ids in the order of their bytes: a page of those with one beginning is read from the key's index.
create table ${flyway:defaultSchema}.stream (
  id text collate "C" not null,
  type text,
  entries bigint,
  first_index bigint,
  first_at timestamptz,
  last_at timestamptz,
  last_index bigint not null,
  constraint stream_pk primary key (id)
);
create index stream_by_type on ${flyway:defaultSchema}.stream (type, id);
comment on table ${flyway:defaultSchema}.stream is
  'The aggregates of the log, with their first and last entries. Written by the projection streams version 1 only.';
