-- Work items: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_workitem_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.work_item as select * from %1$I.work_item;
    comment on view rm.work_item is 'Work items, current version.';
    create or replace view rm.work_item_state_history as
    select work_item, revision, update_id, step, kind, from_state, to_state, source_from, source_to,
           changed_at, changed_by, changed_by_name,
           case when verdict = 'deferred' and (to_state is null or (kind = 'changed' and from_state is null))
                then 'unmapped' else verdict end as verdict,
           rule, reason, entry_index, last_index
    from %1$I.work_item_state_history;
    comment on view rm.work_item_state_history is 'State history, current version. What was deferred for a state that is not mapped reads unmapped.';
    create or replace view rm.work_item_delivery as select * from %1$I.work_item_delivery;
    create or replace view rm.work_item_comment as select * from %1$I.work_item_comment;
    create or replace view rm.work_item_link as select * from %1$I.work_item_link;
    create or replace view rm.work_item_field as select * from %1$I.work_item_field;
    create or replace view rm.work_item_transition_request as select * from %1$I.work_item_transition_request;
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('work-items', 1, 'rm_workitem_v1');
begin
  if tables is not null then
    perform rm.show_rm_workitem_v1(tables);
  end if;
end
$$;
