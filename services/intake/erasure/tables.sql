create table erasures (
  erasure_id uuid primary key,
  association text not null,
  begun_by text not null,
  begun_at timestamptz not null,
  kind text not null,
  reason text not null,
  state text not null,
  matters integer not null,
  texts integer not null default 0,
  destroyed_at timestamptz,
  -- when each service was done
  carried_out jsonb not null default '{}',
  certified_at timestamptz,
  remains text[] not null default '{}',
  topics_until date
);
create index erasures_newest on erasures (association, begun_at desc, erasure_id desc);
create index erasures_under_way on erasures (begun_at) where certified_at is null;
