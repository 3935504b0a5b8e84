-- Lists of what is rare among many: without these, all work items are read to find none.
create index work_item_state_changed on ${flyway:defaultSchema}.work_item (state, changed_at, id);
create index work_item_deleted on ${flyway:defaultSchema}.work_item (changed_at, id) where deleted;
