-- How often a node died, or lost its leases, while it handled this delivery among others. Nobody knows which of them was to blame, so it
-- does not count towards the limit; but from the second time on the delivery is handled alone.
alter table inbox.pending add column lost smallint not null default 0;
