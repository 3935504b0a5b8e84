create unique index data_key_one_per_owner_and_purpose on eventlog.data_key (owner, purpose);

create table eventlog.master_key (
  only_one boolean primary key default true check (only_one),
  check_value bytea not null check (octet_length(check_value) = 32),
  destructions bigint not null default 0 check (destructions >= 0),
  created_at timestamptz not null
);

comment on table eventlog.master_key is
  'How to recognize the master key, which is not in this database, and how often keys were destroyed (caches compare it). Written by io.countersign.eventlog.encryption only.';
