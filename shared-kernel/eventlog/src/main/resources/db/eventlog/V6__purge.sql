-- Removing the text of a payload. The one change that the log lets anybody make of a row: its payload
-- becomes, byte for byte, what an event 'privacy.PayloadPurged' says is left of it. That event is in
-- the log before; it names the entry, the digest of the payload that goes (which the entry states),
-- who asked and the two others who approved.

-- Finds these events without reading the log.
create index entry_purge on eventlog.entry (index) where name = 'privacy.PayloadPurged';

-- As before; an update gets as far as its rows only where it names the event that allows it.
create or replace function eventlog.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'entry'
      and coalesce(current_setting('countersign.purged_by', true), '') <> '' then
    return null;
  end if;
  raise exception 'the log is append only: % on %.% is refused',
    tg_op, tg_table_schema, tg_table_name using errcode = 'restrict_violation';
end $$;

create function eventlog.refuse_other_change() returns trigger language plpgsql as $$
declare
  v_by bigint := current_setting('countersign.purged_by')::bigint;
  v_entry bytea;
  v_payload bytea;
  v_said jsonb;
  v_others bigint;
begin
  select e.entry, e.payload into v_entry, v_payload
    from eventlog.entry e where e.index = v_by and e.name = 'privacy.PayloadPurged';
  if not found or sha256(v_payload) <> substr(v_entry, 91, 32) then
    raise exception 'the log is append only: entry % does not say that a payload is purged', v_by
      using errcode = 'restrict_violation';
  end if;
  v_said := convert_from(v_payload, 'UTF8')::jsonb;
  select count(distinct a.name) into v_others
    from jsonb_array_elements_text(v_said -> 'approvedBy') a(name)
    where a.name <> v_said ->> 'requestedBy';
  if old.name ~ '^(auditlog|privacy)\.'
      or v_others < 2
      or (v_said ->> 'index')::bigint is distinct from old.index
      or v_said ->> 'digest' is distinct from encode(substr(old.entry, 91, 32), 'hex')
      or new.payload is distinct from convert_to(v_said ->> 'remains', 'UTF8') then
    raise exception 'the log is append only: entry % does not allow this change of entry %',
      v_by, old.index using errcode = 'restrict_violation';
  end if;
  v_payload := new.payload;
  new.payload := old.payload;
  if new is distinct from old then
    raise exception 'the log is append only: only the payload of entry % may go', old.index
      using errcode = 'restrict_violation';
  end if;
  new.payload := v_payload;
  return new;
end $$;
create trigger entry_only_purged before update on eventlog.entry
  for each row execute function eventlog.refuse_other_change();

-- Removes the text that an event says is purged; again and again with the same result. True when
-- the payload was still there.
create function eventlog.purge(p_by bigint) returns boolean language plpgsql as $$
declare
  v_index bigint;
  v_remains bytea;
  v_rows bigint;
begin
  select (x.said ->> 'index')::bigint, convert_to(x.said ->> 'remains', 'UTF8')
    into v_index, v_remains
    from (select convert_from(e.payload, 'UTF8')::jsonb as said
      from eventlog.entry e where e.index = p_by and e.name = 'privacy.PayloadPurged') x;
  if not found then
    raise exception 'entry % does not say that a payload is purged', p_by
      using errcode = 'restrict_violation';
  end if;
  perform set_config('countersign.purged_by', p_by::text, true);
  update eventlog.entry set payload = v_remains where index = v_index and payload <> v_remains;
  get diagnostics v_rows = row_count;
  perform set_config('countersign.purged_by', '', true);
  return v_rows > 0;
end $$;
comment on function eventlog.purge is
  'The only way to change a row of eventlog.entry: puts in place of a payload what the event at this index says is left of it.';
comment on table eventlog.entry is
  'The log, dense from index 0. Only eventlog.append inserts; nobody deletes or truncates; only eventlog.purge updates, and only payloads.';
comment on column eventlog.entry.payload is
  'Stored payload bytes, after encryption; the entry holds their SHA-256. After a purge what privacy.PayloadPurged says is left.';
