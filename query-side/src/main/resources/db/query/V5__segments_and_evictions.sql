create table query.eviction (
  event_id uuid not null,
  processor_name text not null,
  constraint eviction_pk primary key (event_id)
);
comment on table query.eviction is
  'Which evictions are about the rows that a processor has now, by their events'' ids; what was given up is in the log. '
  'Written in the transaction that evicts; goes with the processor''s tables.';
create index eviction_processor_ix on query.eviction (processor_name);
insert into query.eviction
select id, event::jsonb ->> 'processor' from query.dead_letter_event where kind = 'evicted';

-- what is told is kept for a while only, see DeadLetterTeller
create index dead_letter_event_recorded_ix on query.dead_letter_event (recorded_at);

create table query.segment_release (
  operation uuid not null,
  processor_name varchar(255) not null,
  segment integer not null,
  node text not null,
  released boolean not null default false,
  constraint segment_release_pk primary key (operation)
);
comment on table query.segment_release is
  'Segments that a node is to let go of, and whether it has. Asked for by the node that runs the operation, answered by '
  'the node that holds the segment; one for each processor.';

alter table query.node add column failures text[] not null default '{}';
comment on column query.node.failures is
  'What stopped segments there: processor, segment, index of the entry, code.';
