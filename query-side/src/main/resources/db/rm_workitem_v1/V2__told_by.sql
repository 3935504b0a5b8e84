-- Updates arrive in any order: a field or link takes a value unless a later update told of it.
alter table ${flyway:defaultSchema}.work_item_link add column told_by integer;
comment on column ${flyway:defaultSchema}.work_item_link.told_by is
  'Update that told of it last. Null where no update did, and for rows from before this column: there the last arrived holds until the projection is rebuilt.';
alter table ${flyway:defaultSchema}.work_item_field add column told_by integer;
comment on column ${flyway:defaultSchema}.work_item_field.told_by is 'As of work_item_link.';
