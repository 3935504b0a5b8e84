-- Reconciliations: the views queries read, over one generation's tables. Another generation is shown by calling this with its schema.
create or replace function rm.show_rm_reconciliation_v1(tables text) returns void language plpgsql as $show$
begin
  execute format($views$
    create or replace view rm.reconciliation as
    select r.*, (coalesce(r.missing > r.filled, false) or coalesce(r.unexpected > 0, false)) as differs from %1$I.reconciliation r;
    comment on view rm.reconciliation is 'What comparing found, current version. It differs where something missing was not filled, or something is unexpected.';
    create or replace view rm.reconciliation_difference as select * from %1$I.reconciliation_difference;
    create or replace view rm.subscription_status as
    select s.*, (select min(n.entry_index) from %1$I.subscription_status n
                 where n.project = s.project and n.event_type = s.event_type and n.entry_index > s.entry_index) as until_index
    from %1$I.subscription_status s;
  $views$, tables);
end
$show$;

do $$
declare
  tables text := query.live_tables('reconciliations', 1, 'rm_reconciliation_v1');
begin
  if tables is not null then
    perform rm.show_rm_reconciliation_v1(tables);
  end if;
end
$$;
