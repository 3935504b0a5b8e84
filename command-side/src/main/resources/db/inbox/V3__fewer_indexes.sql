-- Each index costs every delivery an entry or two. Lanes are found by scanning waiting rows in arrival order, leases are few at
-- any time, and nearly every outcome is "handled": those are found through the deliveries themselves.
drop index inbox.pending_lane;
drop index inbox.lane_lease_expiry;
drop index inbox.outcome_status;
create index outcome_status on inbox.outcome (status, position) where status not in ('failed', 'handled');

-- Queues: rows come and go within milliseconds, so the dead outnumber the living at once.
alter table inbox.pending set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
alter table inbox.lane_lease set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
