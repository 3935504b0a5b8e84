create table eventlog.key_holder (
  node         uuid        not null,
  destructions bigint      not null check (destructions >= 0),
  announced_at timestamptz not null,
  constraint key_holder_pk primary key (node)
);
comment on table eventlog.key_holder is
  'Nodes that may hold data keys in memory, and the number of destructions up to which each has dropped them. A node holds an '
  'advisory lock for as long as its session lives; a row without one is of a node that ended. '
  'Written by io.countersign.eventlog.encryption only.';
