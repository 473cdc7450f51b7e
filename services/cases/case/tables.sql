-- What the queue shows and what the clock looks for. Filled from the events, may be dropped at any time.
-- The history of a case is not copied here: the page of a case is read from its events (queries.py).

create table case_list (
  case_id uuid primary key,
  association text not null,
  version integer not null,
  observation_id uuid not null,
  observer text not null,
  observed_at timestamptz not null,
  estate_id text not null,
  estate_name text not null,
  municipality text not null,
  home_id uuid not null,
  tenancy_id uuid not null,
  address jsonb not null,
  signals text[] not null,
  severity text not null,
  category text not null default '',
  status text not null,
  handler text not null default '',
  is_seen boolean not null default false,
  informed text not null default '',
  outcome text not null default '',
  procedure_version text not null,
  raised_at timestamptz not null,
  changed_at timestamptz not null
);
create index case_list_queue on case_list (association, status);
create index case_list_home on case_list (association, home_id);

-- One row for everything a case waits for; it is gone when it is met. `due_at` is empty where nobody promised a time.
create table open_deadline (
  case_id uuid not null,
  association text not null,
  kind text not null,
  ref text not null default '',
  step integer not null default 0,
  target text not null default '',
  due_at timestamptz,
  missed_at timestamptz,
  primary key (case_id, kind, ref, step)
);
create index open_deadline_due on open_deadline (due_at) where missed_at is null;
