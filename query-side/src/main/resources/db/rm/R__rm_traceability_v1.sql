-- Traceability: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_traceability_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.traced_item as select * from %1$I.traced_item;
    comment on view rm.traced_item is 'Work items by type and state, current version.';
    -- Either end may have told a relation. It holds unless the other end took it back later.
    create or replace view rm.traced_relation as
    select r.relation, r.upper, r.lower
    from %1$I.item_relation r
    where not r.removed
      and not exists (
        select from %1$I.item_relation o
        where o.upper = r.upper and o.lower = r.lower and o.relation = r.relation
          and o.removed and o.last_index > r.last_index);
    comment on view rm.traced_relation is
      'Relations between work items that hold; one that both ends told is there twice.';
    create or replace view rm.traced_artifact as
    select work_item, artifact, kind from %1$I.item_artifact where not removed;
    comment on view rm.traced_artifact is 'Commits, pull requests and builds work items are linked with.';
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('traceability', 1, 'rm_traceability_v1');
begin
  if tables is not null then
    perform rm.show_rm_traceability_v1(tables);
  end if;
end
$$;
