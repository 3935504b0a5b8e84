-- Somebody who was erased and is told of again. The aliases moved here from the erased subject, so that nothing leads there any
-- more; no name is ever recorded under such a subject. Times are left out on purpose: they would tell who it was.
alter table identity.subject add column forgotten boolean not null default false;
comment on column identity.subject.forgotten is
  'Stands for somebody erased: an id that events may go on under, without a name and without a way to what was before.';
