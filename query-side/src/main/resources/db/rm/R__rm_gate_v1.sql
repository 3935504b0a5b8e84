-- Gates: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_gate_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.gate_fact as
    select f.work_item, f.kind, f.id, f.name, f.from_state, f.to_state, f.revision, f.principal, f.person, f.roles,
           f.other_principal, f.digest, f.until_at, f.words, f.first_index, f.last_index,
           case when f.kind in ('approval', 'delegation', 'override') and f.status not in ('revoked', 'ended', 'refused')
                     and f.first_index < coalesce(m.moved_index, -1)
                then 'spent' else f.status end as status
    from %1$I.gate_fact f left join %1$I.gate_move m on m.work_item = f.work_item;
    comment on view rm.gate_fact is 'What stands at the gates, current version. What was for leaving a state the item has left reads spent.';
    create or replace view rm.gate_decision as select * from %1$I.gate_decision;
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('gates', 1, 'rm_gate_v1');
begin
  if tables is not null then
    perform rm.show_rm_gate_v1(tables);
  end if;
end
$$;
