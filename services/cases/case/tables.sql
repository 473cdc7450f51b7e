-- What the queue shows and what the clock looks for. Filled from the events, may be dropped at any time.
-- The history of a case is not copied here: the page of a case is read from its events (queries/history.py).

create table case_list (
  case_id uuid primary key,
  association text not null,
  -- how it began
  observation_id uuid not null,
  observer text not null,  -- the first; all of them stand below
  source text not null,
  how text not null,
  observed_at timestamptz not null,
  estate_id text not null,
  estate_name text not null,
  municipality text not null,
  -- then the estate is sealed in history, and in the open here for as long as the case has its key; so is what follows
  is_small_estate boolean not null,
  is_sealed_municipality boolean not null,  -- likewise, where the address was protected when it was told
  home_id uuid,
  tenancy_id uuid,
  earlier_case uuid,  -- the case it goes on from
  address jsonb not null,
  signals text[] not null,
  procedure_version text not null,
  raised_at timestamptz not null,
  -- what the case says of itself, after everything that happens
  version integer not null default 0,
  changed_at timestamptz not null,
  status text not null default '',
  severity text not null default '',
  category text not null default '',
  handler text not null default '',
  attended_by text not null default '',
  is_address_protected boolean not null default false,
  companions text[] not null default '{}',  -- whoever is to go by, too
  visitor text not null default '',
  observers text[] not null default '{}',
  joined_to uuid,
  seen_before timestamptz,  -- when somebody else saw something about the same people, where that is why it is proposed as worrying
  is_frozen boolean not null default false,
  is_seen boolean not null default false,
  informed text not null default '',
  outcome text not null default '',
  waits jsonb not null default '[]',  -- of {kind, ref, step, target, due, is_missed}
  -- and where it stands with that (rules/queue.py, rules/waiting.py): only the time is compared with it.
  -- Edition 5 of these rules. Whoever changes what they say counts it up: a changed script makes every row anew at the next start.
  is_over boolean not null default false,
  section integer not null default 0,
  rank integer not null default 0,
  overdue_after timestamptz,
  grave_after timestamptz,
  promised jsonb not null default '{}',  -- the earliest time by which each kind of thing was promised
  lacks text[] not null default '{}',
  due_on date,
  sort_key timestamptz not null default 'infinity',
  order_keys uuid[] not null default '{}',  -- of what was ordered of the damage service: whoever takes it back needs them
  next_due timestamptz,
  missed integer not null default 0
);
-- In which case somebody has a part, so that the case hears when it is erased; goes with it.
create table case_people (
  part_id uuid primary key,
  case_id uuid not null
);
create index case_list_queue on case_list (association, is_over);
create index case_list_home on case_list (association, home_id);
create index case_list_tenancy on case_list (association, tenancy_id);
create index case_list_earlier on case_list (earlier_case) where earlier_case is not null;
create index case_list_due on case_list (next_due) where next_due is not null;
