create table sequencer.position (
  source   text primary key,
  position text not null
);
comment on table sequencer.position is
  'Up to where a foreign event store is in the log. Written by the sequencer after the entries; an older position is harmless, for stored event ids are recognized.';
