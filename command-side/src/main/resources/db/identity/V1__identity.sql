create table identity.subject (
  subject    uuid        not null,
  created_at timestamptz not null,
  constraint subject_pk primary key (subject)
);
comment on table identity.subject is
  'A person or group by random id. Written by the command side''s identity directory only.';

create table identity.alias (
  alias      bytea       not null,
  kind       text        not null,
  scope      text        not null,
  subject    uuid        not null,
  created_at timestamptz not null,
  constraint alias_pk primary key (alias),
  constraint alias_is_hmac check (octet_length(alias) = 32),
  constraint alias_kind check (kind in ('descriptor', 'id', 'unique-name', 'display')),
  constraint alias_subject_fk foreign key (subject) references identity.subject (subject)
);
create index alias_subject on identity.alias (subject, kind, scope);
comment on table identity.alias is
  'What a source calls a subject, as HMAC-SHA256 under a key of the key ring: nobody reads a name here. '
  'Scope is the organization where an alias means nothing elsewhere. '
  'Written by the command side''s identity directory only.';

create table identity.conflict (
  kept    uuid        not null,
  other   uuid        not null,
  kind    text        not null,
  seen_at timestamptz not null,
  constraint conflict_pk primary key (kept, other, kind),
  constraint conflict_kept_fk foreign key (kept) references identity.subject (subject),
  constraint conflict_other_fk foreign key (other) references identity.subject (subject)
);
comment on table identity.conflict is
  'Somebody told with aliases of two subjects: the stronger alias decided (kept), the weaker (kind) stays with the '
  'other subject. Nothing is merged. Written by the command side''s identity directory only.';
