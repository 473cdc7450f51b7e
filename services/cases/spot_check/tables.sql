-- Spot checks, and what came of each look-up that was drawn. What was looked at stands in the log alone; words are sealed.
create table spot_checks (
  check_id uuid primary key,
  association text not null,
  planned_by text not null,
  planned_at timestamptz not null,
  seed text not null,
  since date not null,
  until date not null,
  stratum text not null,
  size integer not null,
  last_position bigint not null,
  among integer,  -- null until it is drawn
  drawn_at timestamptz,
  closed_at timestamptz
);
create table spot_check_looks (
  check_id uuid not null,
  position bigint not null,
  place integer not null,  -- in the order in which they were drawn
  who text not null default '',  -- who was asked; empty until somebody is
  asked_at timestamptz,
  answer jsonb,
  answered_at timestamptz,
  finding text not null default '',
  words jsonb,
  found_at timestamptz,
  primary key (check_id, position)
);
create index spot_checks_newest on spot_checks (association, planned_at);
create index spot_check_looks_asked on spot_check_looks (who) where who <> '';
