-- Projects: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_project_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.project as select * from %1$I.project;
    create or replace view rm.project_state_mapping as select * from %1$I.project_state_mapping;
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('projects', 1, 'rm_project_v1');
begin
  if tables is not null then
    perform rm.show_rm_project_v1(tables);
  end if;
end
$$;
