-- Whether what the vault was proposed to link has happened (decision 0024): written with its events, or, by whoever settles it, that it has not
-- and will not. Gone when it is settled.
create table acts (
  id uuid primary key,
  has_happened boolean not null,
  at timestamptz not null default now()
);
