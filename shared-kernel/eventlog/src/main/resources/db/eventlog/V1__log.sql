-- The event log: Axon's event store and the audit log are the same rows.
-- Whoever changes this file changes what auditors recompute: see the entry layout at eventlog.append.

create table eventlog.log (
  log_id uuid primary key
);
create unique index log_is_one on eventlog.log ((true));
insert into eventlog.log (log_id) values (gen_random_uuid());
comment on table eventlog.log is
  'The identity of this log, one row, made with the schema. Part of every entry. Nobody writes.';

create table eventlog.entry (
  index          bigint primary key check (index >= 0),
  entry_hash     bytea not null check (octet_length(entry_hash) = 32),
  entry          bytea not null check (octet_length(entry) between 170 and 65535),
  aggregate_type text not null,
  aggregate_id   text not null,
  sequence       bigint not null check (sequence >= 0),
  event_id       uuid not null,
  name           text not null,
  revision       text not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null,
  actor          text not null,
  correlation_id text not null,
  causation_id   text not null,
  payload        bytea not null,
  metadata       bytea not null,
  constraint entry_aggregate_sequence unique (aggregate_id, sequence) include (index),
  constraint entry_event_id unique (event_id)
);
create index entry_name on eventlog.entry (name, index);
create index entry_recorded_at on eventlog.entry using brin (recorded_at);
comment on table eventlog.entry is
  'The log, dense from index 0. Only eventlog.append inserts; nobody updates, deletes or truncates.';
comment on column eventlog.entry.entry is
  'The entry bytes; entry_hash = SHA-256(0x00 || entry). The other columns repeat them for queries.';
comment on column eventlog.entry.payload is
  'Stored payload bytes, after encryption; the entry holds their SHA-256.';

do $$
begin
  alter table eventlog.entry alter column payload set compression lz4;
  alter table eventlog.entry alter column metadata set compression lz4;
exception when feature_not_supported or invalid_parameter_value then
  null; -- a server built without lz4 keeps its default
end $$;

create function eventlog.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append only: % on %.% is refused',
    tg_op, tg_table_schema, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger entry_append_only before update or delete or truncate on eventlog.entry
  for each statement execute function eventlog.refuse_change();
create trigger log_append_only before insert or update or delete or truncate on eventlog.log
  for each statement execute function eventlog.refuse_change();

create table eventlog.snapshot (
  aggregate_id   text primary key,
  aggregate_type text not null,
  sequence       bigint not null check (sequence >= 0),
  event_id       text not null,
  name           text not null,
  revision       text not null,
  occurred_at    timestamptz not null,
  payload        bytea not null,
  metadata       bytea not null
);
comment on table eventlog.snapshot is
  'The newest snapshot of an aggregate: a cache, neither hashed nor replayed; may be emptied any time. Written by the event store.';

create table eventlog.data_key (
  id           uuid primary key,
  owner        text not null,
  purpose      text not null,
  wrapped      bytea,
  created_at   timestamptz not null,
  destroyed_at timestamptz
);
comment on table eventlog.data_key is
  'Data keys, wrapped by the master key. Written by the key ring; destroying (wrapped null, destroyed_at set) takes the lock of the log.';

-- Appends one batch of requests: all events of a request or none; each request has its own verdict.
--
-- Events come as parallel arrays in order; request is ascending from 1, slot says which of
-- aggregates (distinct) an event belongs to. body is the entry from offset 74 on; the header of
-- 74 bytes (version, kind, log id, index, previous hash, previous index of the aggregate,
-- recorded at) is put before it here, under the lock.
--
-- verdict per request: 0 appended, 1 already stored (all its event ids), 2 conflict (a sequence
-- does not continue the stored one, or some of its event ids are stored), 3 uses a destroyed key.
-- stored: after a conflict, the stored last sequence of the aggregate (-1: none).
create function eventlog.append(
  p_recorded bigint, p_request int[], p_slot int[], p_aggregates text[], p_type text[],
  p_sequence bigint[], p_event_id uuid[], p_name text[], p_revision text[], p_occurred bigint[],
  p_actor text[], p_correlation text[], p_causation text[], p_payload bytea[], p_metadata bytea[],
  p_body bytea[], p_key_request int[], p_key uuid[],
  out verdict int[], out first_index bigint[], out stored bigint[], out last_index bigint)
language plpgsql as $$
declare
  v_log uuid;
  v_prefix bytea;
  v_hash bytea;
  v_recorded bigint;
  v_before bigint;
  v_index bigint;
  v_seq bigint[];                -- per slot: last sequence, stored or accepted in this batch
  v_agg bigint[];                -- per slot: index of its last event
  v_known uuid[];                -- event ids of this batch that are stored
  v_dead int[];                  -- requests that use a destroyed key
  v_count int := coalesce(cardinality(p_request), 0);
  v_first int := 1;
  v_last int;
  v_hits int;
  v_req int;
  v_ok boolean;
  v_entry bytea;
  o_ord int[] := '{}';
  o_entry bytea[] := '{}';
  o_hash bytea[] := '{}';
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'eventlog.append needs read committed';
  end if;
  perform pg_advisory_xact_lock(4860331742910804321);

  select e.index, e.entry_hash, (extract(epoch from e.recorded_at) * 1000000)::bigint
    into v_before, v_hash, v_recorded
    from eventlog.entry e order by e.index desc limit 1;
  if not found then
    v_before := -1;
    v_hash := decode(repeat('00', 32), 'hex');
    v_recorded := p_recorded;
  end if;
  v_recorded := greatest(v_recorded, p_recorded);
  v_index := v_before;
  select l.log_id into strict v_log from eventlog.log l;
  v_prefix := '\x0101'::bytea || uuid_send(v_log);

  select array_agg(coalesce(h.sequence, -1) order by a.slot),
         array_agg(coalesce(h.index, -1) order by a.slot)
    into v_seq, v_agg
    from unnest(p_aggregates) with ordinality a(id, slot)
    left join lateral (
      select e.sequence, e.index from eventlog.entry e
      where e.aggregate_id = a.id order by e.sequence desc limit 1) h on true;
  select array_agg(e.event_id) into v_known
    from eventlog.entry e where e.event_id = any (p_event_id);
  if cardinality(p_key) > 0 then
    select array_agg(k.request) into v_dead
      from unnest(p_key_request, p_key) k(request, id)
      join eventlog.data_key d on d.id = k.id where d.destroyed_at is not null;
  end if;

  verdict := '{}';
  first_index := '{}';
  stored := '{}';
  while v_first <= v_count loop
    v_req := p_request[v_first];
    v_last := v_first;
    while v_last < v_count and p_request[v_last + 1] = v_req loop
      v_last := v_last + 1;
    end loop;
    verdict[v_req] := 0;
    first_index[v_req] := -1;
    stored[v_req] := -1;
    v_hits := 0;
    if v_known is not null then
      for i in v_first..v_last loop
        if p_event_id[i] = any (v_known) then
          v_hits := v_hits + 1;
        end if;
      end loop;
    end if;

    if v_hits = v_last - v_first + 1 then
      verdict[v_req] := 1;
    elsif v_hits > 0 then
      verdict[v_req] := 2;
      stored[v_req] := v_seq[p_slot[v_first]];
    elsif v_dead is not null and v_req = any (v_dead) then
      verdict[v_req] := 3;
    else
      v_ok := true;
      for i in v_first..v_last loop
        if p_sequence[i] <> v_seq[p_slot[i]] + 1 then
          verdict[v_req] := 2;
          stored[v_req] := v_seq[p_slot[i]];
          v_ok := false;
          for j in v_first..i - 1 loop
            v_seq[p_slot[j]] := v_seq[p_slot[j]] - 1;
          end loop;
          exit;
        end if;
        v_seq[p_slot[i]] := p_sequence[i];
      end loop;
      if v_ok then
        first_index[v_req] := v_index + 1;
        for i in v_first..v_last loop
          v_index := v_index + 1;
          v_entry := v_prefix || int8send(v_index) || v_hash || int8send(v_agg[p_slot[i]])
            || int8send(v_recorded) || p_body[i];
          v_hash := sha256('\x00'::bytea || v_entry);
          v_agg[p_slot[i]] := v_index;
          o_ord[v_index - v_before] := i;
          o_entry[v_index - v_before] := v_entry;
          o_hash[v_index - v_before] := v_hash;
        end loop;
      end if;
    end if;
    v_first := v_last + 1;
  end loop;

  if v_index > v_before then
    insert into eventlog.entry (index, entry_hash, entry, aggregate_type, aggregate_id, sequence,
        event_id, name, revision, occurred_at, recorded_at, actor, correlation_id, causation_id,
        payload, metadata)
      select v_before + o.n, o.hash, o.entry, e.type, p_aggregates[e.slot], e.sequence, e.event_id,
        e.name, e.revision, timestamptz 'epoch' + e.occurred * interval '1 microsecond',
        timestamptz 'epoch' + v_recorded * interval '1 microsecond', e.actor, e.correlation,
        e.causation, e.payload, e.metadata
      from unnest(o_ord, o_entry, o_hash) with ordinality o(ord, entry, hash, n)
      join unnest(p_slot, p_type, p_sequence, p_event_id, p_name, p_revision, p_occurred, p_actor,
          p_correlation, p_causation, p_payload, p_metadata) with ordinality
        e(slot, type, sequence, event_id, name, revision, occurred, actor, correlation, causation,
          payload, metadata, ord) on e.ord = o.ord
      order by o.n;
    perform pg_notify('countersign_log', v_index::text);
  end if;
  last_index := v_index;
end $$;
comment on function eventlog.append is
  'The only writer of eventlog.entry: links and inserts a batch under the lock of the log, in one statement.';

-- The index of the first entry recorded at or after a moment; last index + 1 when there is none.
-- recorded_at never goes backwards, so halving finds it.
create function eventlog.index_at(p_moment timestamptz) returns bigint language plpgsql stable as $$
declare
  v_low bigint := 0;
  v_high bigint;
  v_mid bigint;
begin
  select coalesce(max(e.index), -1) + 1 into v_high from eventlog.entry e;
  while v_low < v_high loop
    v_mid := (v_low + v_high) / 2;
    if (select e.recorded_at < p_moment from eventlog.entry e where e.index = v_mid) then
      v_low := v_mid + 1;
    else
      v_high := v_mid;
    end if;
  end loop;
  return v_low;
end $$;
