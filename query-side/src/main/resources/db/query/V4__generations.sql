create table query.generation (
  projection text not null,
  version integer not null,
  number integer not null,
  tables text not null,
  processor text not null,
  state text not null,
  paused boolean not null default false,
  operation uuid,
  held_indexes text[] not null default '{}',
  made_at timestamptz not null default now(),
  live_since timestamptz,
  switched_by uuid,
  constraint generation_pk primary key (projection, version, number),
  constraint generation_tables_uq unique (tables),
  constraint generation_state_known
    check (state in ('loading', 'following', 'ready', 'live', 'kept', 'dropping'))
);
comment on table query.generation is
  'Sets of tables of each projection: the one queries read, one being filled beside it, old ones kept. Written by nodes '
  'with the role query: the first of each projection at its first start, all else in operations on projections.';
comment on column query.generation.tables is 'The schema they lie in.';
comment on column query.generation.operation is 'What made it.';
comment on column query.generation.switched_by is 'What had queries read it last.';
comment on column query.generation.held_indexes is 'Definitions of indexes that are made when the rows are loaded.';

-- queries read one
create unique index generation_live_uq on query.generation (projection) where state = 'live';

create table query.load_position (
  tables text not null,
  part integer not null,
  position bigint not null,
  events bigint not null,
  constraint load_position_pk primary key (tables, part)
);
comment on table query.load_position is
  'How far the parallel parts of a bulk load are and how many events they handled, committed with their rows. Written by '
  'the node that loads; kept as long as the tables.';

create table query.node (
  name text not null,
  seen_at timestamptz not null,
  standing text[] not null,
  constraint node_pk primary key (name)
);
comment on table query.node is
  'Nodes that run projections, when they last showed life and which generations they know in which state. Written by '
  'each node of itself, each second.';

-- The schema whose tables the views of a version are to show; null when another version is live.
create function query.live_tables(of_projection text, of_version integer, first_tables text) returns text
language sql stable as $$
  select case
    when not exists (select from query.generation where projection = of_projection and state = 'live') then first_tables
    else (select tables from query.generation
          where projection = of_projection and version = of_version and state = 'live')
    end
$$;

alter table query.operation add column options text not null default '{"stay": false}';
alter table query.operation add column step text;
alter table query.operation add column phase text;
comment on column query.operation.options is 'How it is to be done.';
comment on column query.operation.step is 'What of it is done and must not be done twice.';
