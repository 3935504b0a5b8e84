-- Streams: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_stream_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.stream as select * from %1$I.stream;
    comment on view rm.stream is 'The aggregates of the log, current version.';
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('streams', 1, 'rm_stream_v1');
begin
  if tables is not null then
    perform rm.show_rm_stream_v1(tables);
  end if;
end
$$;
