-- How many of the attempts failed because the log or the database was away or overloaded: they do not count towards the limit.
alter table inbox.pending add column excused integer not null default 0;
