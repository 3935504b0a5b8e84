create table principal.principal (
  name text not null,
  roles text[] not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  constraint principal_pkey primary key (name),
  constraint principal_token_hash_key unique (token_hash),
  constraint principal_name_form check (name ~ '^[a-z][a-z0-9._-]{0,62}$'),
  constraint principal_has_roles check (cardinality(roles) > 0),
  constraint principal_token_hash_is_sha256 check (octet_length(token_hash) = 32)
);

comment on table principal.principal is
  'Who may authenticate, and as what. Written by the module app only. Rows are never deleted: the log refers to names, so a revoked name is never given to somebody else.';
comment on column principal.principal.token_hash is
  'SHA-256 of the token. Tokens are 256 random bits: there is nothing a slow hash would protect.';
