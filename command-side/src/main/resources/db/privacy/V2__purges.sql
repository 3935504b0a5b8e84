-- A purge is about entries, not about one person: its row has its own id where others have a subject.
alter table privacy.matter drop constraint matter_kind;
alter table privacy.matter add constraint matter_kind check (kind in ('erasure', 'hold', 'purge'));
comment on table privacy.matter is
  'Where to look: which subject an erasure or a legal hold is about (a purge has its own id there), and whether it is over. Written '
  'before the event that opens it; what was decided is in the log only. Written by the command side''s package privacy only.';
