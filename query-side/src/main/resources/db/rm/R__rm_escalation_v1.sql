-- Escalations: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_escalation_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.escalation as select * from %1$I.escalation;
    create or replace view rm.escalation_step as select * from %1$I.escalation_step;
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('escalations', 1, 'rm_escalation_v1');
begin
  if tables is not null then
    perform rm.show_rm_escalation_v1(tables);
  end if;
end
$$;
