-- One data key for each person, wrapped by the master key. Destroying a row's key erases the person everywhere.

create table keys (
  subject uuid primary key,
  association text not null,
  wrapped bytea,
  made_at timestamptz not null default now(),
  destroyed_at timestamptz,
  destroyed_by text,
  reason text,
  check ((wrapped is null) = (destroyed_at is not null))
);

create table master_key_check (
  the_only boolean primary key default true check (the_only),
  wrapped bytea not null
);
