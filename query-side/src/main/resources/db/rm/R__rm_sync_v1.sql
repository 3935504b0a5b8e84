-- Syncs: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_sync_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    -- To which request a step belongs: to the last one before it for the same state, one of the same conversation before others. What the
    -- source reports has a conversation of its own, so a revision that we are known to have written counts as said by who wrote it.
    create or replace view rm.sync_step as
    select s.work_item, s.entry_index, s.step, s.to_state, s.source_state, s.revision, s.code, s.words, s.conflict, s.actor,
           (select r.entry_index from %1$I.sync_request r
            where r.work_item = s.work_item and r.to_state = s.to_state and r.entry_index < s.entry_index
            order by r.conversation = coalesce(
                       (select w.conversation from %1$I.sync_step w
                        where s.step = 'confirmed' and w.work_item = s.work_item and w.step = 'written' and w.revision = s.revision
                        order by w.entry_index limit 1),
                       s.conversation) desc,
                     r.entry_index desc
            limit 1) as request_index
    from %1$I.sync_step s;

    create or replace view rm.sync_write as
    select r.work_item, i.project, r.entry_index, r.kind, r.from_state, r.to_state, coalesce(f.source_state, r.source_to) as source_state,
           r.rule, r.asked_by, f.revision, f.code, f.words, f.conflict, f.steps,
           case when f.written and f.confirmed then 'confirmed'
                when f.written then 'written'
                when f.confirmed then 'there-already'
                when f.ended is not null then f.ended
                when exists (select 1 from %1$I.sync_request n where n.work_item = r.work_item and n.entry_index > r.entry_index)
                then 'replaced'
                when f.conflict is not null then 'conflict'
                else 'requested' end as status
    from %1$I.sync_request r
    left join %1$I.sync_item i on i.work_item = r.work_item
    cross join lateral (
      select bool_or(s.step = 'written') as written, bool_or(s.step = 'confirmed') as confirmed,
             (array_agg(s.revision order by s.entry_index desc) filter (where s.step in ('written', 'confirmed')))[1] as revision,
             (array_agg(s.source_state order by s.entry_index desc) filter (where s.step = 'written'))[1] as source_state,
             (array_agg(s.step order by s.entry_index desc) filter (where s.step in ('refused', 'abandoned')))[1] as ended,
             (array_agg(s.code order by s.entry_index desc) filter (where s.step in ('refused', 'abandoned')))[1] as code,
             (array_agg(s.words order by s.entry_index desc) filter (where s.step in ('refused', 'abandoned')))[1] as words,
             (array_agg(s.conflict order by s.entry_index desc) filter (where s.step = 'conflict'))[1] as conflict,
             coalesce(jsonb_agg(jsonb_build_object('index', s.entry_index, 'step', s.step, 'actor', s.actor, 'revision', s.revision,
                                                   'code', s.code) order by s.entry_index), '[]')::text as steps
      from rm.sync_step s where s.work_item = r.work_item and s.request_index = r.entry_index) f;
    comment on view rm.sync_write is 'What we asked the source for and what came of it, current version. A newer request replaces an older one.';

    create or replace view rm.sync_conflict as
    select c.*, i.project from %1$I.sync_conflict c left join %1$I.sync_item i on i.work_item = c.work_item;
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('syncs', 1, 'rm_sync_v1');
begin
  if tables is not null then
    perform rm.show_rm_sync_v1(tables);
  end if;
end
$$;
