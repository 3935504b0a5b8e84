create table query.token (
  processor_name varchar(255) not null,
  segment integer not null,
  token bytea,
  token_type varchar(255),
  timestamp varchar(255),
  owner varchar(255),
  constraint token_pk primary key (processor_name, segment)
) with (fillfactor = 50);
comment on table query.token is
  'Tracking tokens of the projections'' processors. Written by Axon''s JdbcTokenStore only, in the transaction of the rows.';

create table query.segment_position (
  processor_name varchar(255) not null,
  segment integer not null,
  position bigint not null,
  constraint segment_position_pk primary key (processor_name, segment)
) with (fillfactor = 50);
comment on table query.segment_position is
  'How far segments got without events of their own, which Axon keeps in memory. Written by the node that has the segment.';
