-- Pull requests, builds and deployments: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_resource_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.pull_request as select * from %1$I.pull_request;
    create or replace view rm.pull_request_commit as select * from %1$I.pull_request_commit;
    create or replace view rm.build as select * from %1$I.build;
    create or replace view rm.deployment as select * from %1$I.deployment;
    create or replace view rm.release_build as select * from %1$I.release_build;
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('resources', 1, 'rm_resource_v1');
begin
  if tables is not null then
    perform rm.show_rm_resource_v1(tables);
  end if;
end
$$;
