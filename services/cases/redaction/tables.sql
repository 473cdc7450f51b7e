create table redactions (
  key uuid primary key,
  redaction_id uuid not null,
  association text not null,
  case_id uuid not null,
  case_version integer not null,
  name text not null,
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  is_done boolean not null default false
);
create index redactions_of_case on redactions (case_id);
create index redactions_waiting on redactions (decided_at) where not is_done;
