-- Who told of somebody, for the one who took the call and nobody else.

create table reporters (
  reporter_id uuid primary key,
  association text not null,
  taken_by text not null,
  taken_for text not null,
  received_at timestamptz not null,
  version integer not null,
  source text not null,
  name jsonb,
  phone jsonb,
  thanks_due timestamptz,
  thanked_at timestamptz,
  is_late boolean not null default false,
  times_asked integer not null default 0,
  flags jsonb
);
create index reporters_of_taker on reporters (association, taken_by, received_at desc, reporter_id desc);
create index reporters_to_thank on reporters (thanks_due) where thanks_due is not null and not is_late;
create index reporters_flagged on reporters (association) where flags is not null;
