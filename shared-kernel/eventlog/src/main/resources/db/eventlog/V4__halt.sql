-- Appends stop while somebody has to decide what becomes of the log.

create table eventlog.halt (
  reason text not null,
  origin text not null,
  index  bigint not null check (index >= 0),
  words  text not null,
  node   text not null,
  since  timestamptz not null default now()
);
create unique index halt_is_one on eventlog.halt ((true));
comment on table eventlog.halt is
  'Why nothing is appended or taken in; empty while all is well. Written by the node that seals, under the lock of the log; a decision removes the row.';

-- As in V3, and refuses everything with SQLSTATE CS001 while eventlog.halt has a row. It is read by
-- the statement that reads the head, under the lock: once the row is committed, nothing more is
-- appended.
create or replace function eventlog.append(
  p_head bigint, p_head_hash bytea,
  p_recorded bigint, p_request int[], p_slot int[], p_aggregates text[], p_type text[],
  p_sequence bigint[], p_event_id uuid[], p_name text[], p_revision text[], p_occurred bigint[],
  p_actor text[], p_correlation text[], p_causation text[], p_payload bytea[], p_metadata bytea[],
  p_entry bytea[], p_hash bytea[], p_key_request int[], p_key uuid[],
  out held boolean, out verdict int[], out first_index bigint[], out stored bigint[],
  out log uuid, out last_index bigint, out last_hash bytea, out last_recorded bigint)
language plpgsql as $$
declare
  v_count int := coalesce(cardinality(p_request), 0);
  v_before bigint;
  v_halt text;
  v_alive boolean := true;       -- no key was destroyed
  v_plain boolean := false;      -- nothing is to be refused
  v_prefix bytea;
  v_at bytea;
  v_seq bigint[];                -- per slot: last sequence
  v_agg bigint[];                -- per slot: index of its last event
  v_slot int;
  v_entry bytea;
  o_entry bytea[];
  o_hash bytea[];
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'eventlog.append needs read committed';
  end if;
  perform pg_advisory_xact_lock(4860331742910804321);

  select l.log_id, h.index, h.entry_hash, (extract(epoch from h.recorded_at) * 1000000)::bigint,
      (select x.reason from eventlog.halt x limit 1)
    into strict log, v_before, last_hash, last_recorded, v_halt
    from eventlog.log l
    left join lateral (
      select e.index, e.entry_hash, e.recorded_at
      from eventlog.entry e order by e.index desc limit 1) h on true;
  if v_halt is not null then
    raise exception 'the log is halted: %', v_halt using errcode = 'CS001';
  end if;
  if v_before is null then
    v_before := -1;
    last_hash := decode(repeat('00', 32), 'hex');
    last_recorded := p_recorded;
  end if;
  held := coalesce(p_head = v_before and p_head_hash = last_hash, false);
  if cardinality(p_key) > 0 then
    v_alive := not exists (
      select from eventlog.data_key d where d.id = any (p_key) and d.destroyed_at is not null);
  end if;

  if held and v_alive and cardinality(p_hash) = v_count and p_recorded >= last_recorded
      and substr(p_entry[1], 27, 32) = last_hash then
    v_plain := true;
    last_recorded := p_recorded;
    last_hash := p_hash[v_count];
    o_entry := p_entry;
    o_hash := p_hash;
  elsif v_alive and not exists (
      select from eventlog.entry e where e.event_id = any (p_event_id)) then
    select array_agg(coalesce(h.sequence, -1) order by a.slot),
           array_agg(coalesce(h.index, -1) order by a.slot)
      into v_seq, v_agg
      from unnest(p_aggregates) with ordinality a(id, slot)
      left join lateral (
        select e.sequence, e.index from eventlog.entry e
        where e.aggregate_id = a.id order by e.sequence desc limit 1) h on true;
    v_plain := true;
    last_recorded := greatest(last_recorded, p_recorded);
    v_prefix := '\x0101'::bytea || uuid_send(log);
    v_at := int8send(last_recorded);
    o_entry := '{}';
    o_hash := '{}';
    for i in 1..v_count loop
      v_slot := p_slot[i];
      if p_sequence[i] <> v_seq[v_slot] + 1 then
        v_plain := false;
        exit;
      end if;
      v_seq[v_slot] := p_sequence[i];
      v_entry := v_prefix || int8send(v_before + i) || last_hash || int8send(v_agg[v_slot])
        || v_at || substr(p_entry[i], 75);
      last_hash := sha256('\x00'::bytea || v_entry);
      v_agg[v_slot] := v_before + i;
      o_entry[i] := v_entry;
      o_hash[i] := last_hash;
    end loop;
  end if;

  if v_plain then
    insert into eventlog.entry (index, entry_hash, entry, aggregate_type, aggregate_id, sequence,
        event_id, name, revision, occurred_at, recorded_at, actor, correlation_id, causation_id,
        payload, metadata)
      select v_before + e.ord, e.hash, e.entry, e.type, p_aggregates[e.slot], e.sequence,
        e.event_id, e.name, e.revision, timestamptz 'epoch' + e.occurred * interval '1 microsecond',
        timestamptz 'epoch' + last_recorded * interval '1 microsecond', e.actor, e.correlation,
        e.causation, e.payload, e.metadata
      from unnest(p_slot, p_type, p_sequence, p_event_id, p_name, p_revision, p_occurred, p_actor,
          p_correlation, p_causation, p_payload, p_metadata, o_entry, o_hash) with ordinality
        e(slot, type, sequence, event_id, name, revision, occurred, actor, correlation, causation,
          payload, metadata, entry, hash, ord);
    last_index := v_before + v_count;
    perform pg_notify('countersign_log', last_index::text);
    return;
  end if;

  select a.verdict, a.first_index, a.stored, a.last_index
    into verdict, first_index, stored, last_index
    from eventlog.append(p_recorded, p_request, p_slot, p_aggregates, p_type, p_sequence,
      p_event_id, p_name, p_revision, p_occurred, p_actor, p_correlation, p_causation, p_payload,
      p_metadata,
      (select array_agg(substr(b.entry, 75) order by b.ord)
        from unnest(p_entry) with ordinality b(entry, ord)),
      p_key_request, p_key) a;
  select e.entry_hash, (extract(epoch from e.recorded_at) * 1000000)::bigint
    into last_hash, last_recorded
    from eventlog.entry e where e.index = last_index;
  if not found then
    last_hash := decode(repeat('00', 32), 'hex');
    last_recorded := p_recorded;
  end if;
end $$;
