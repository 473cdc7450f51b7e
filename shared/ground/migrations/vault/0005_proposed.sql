-- What is to be linked once an act has happened (decision 0024): written before it is decided, settled after it is stored or refused. What a
-- crash left is settled by the clock of its service, in whose database stands whether the act has happened.
create table proposed (
  n bigint generated always as identity primary key,
  act uuid not null,
  service text not null,
  association text not null,
  matter uuid not null,
  matter_kind text not null,
  part_of uuid,
  others text not null,
  abouts text[] not null,
  ids uuid[] not null,
  roles text[] not null,
  texts uuid[] not null,
  made_by text not null,
  made_why text not null,
  at timestamptz not null default now()
);
create index proposed_act on proposed (act);
-- Who and what is being erased at this moment, and nobody after that: nothing new is linked to them.
create table erasing (
  erasure uuid not null,
  id uuid not null,
  primary key (erasure, id)
);
create index erasing_id on erasing (id);
