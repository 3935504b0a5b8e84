-- Policies: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_policy_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.policy_project as select * from %1$I.policy_project;
    create or replace view rm.attached_policy as select * from %1$I.attached_policy;
    create or replace view rm.policy_trace as select * from %1$I.policy_trace;
    comment on view rm.policy_trace is 'Hierarchies of published policies, current version.';
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('policies', 1, 'rm_policy_v1');
begin
  if tables is not null then
    perform rm.show_rm_policy_v1(tables);
  end if;
end
$$;
