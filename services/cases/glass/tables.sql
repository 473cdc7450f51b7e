-- Who broke the glass before which case, until when, and what others said of it. The words are sealed for the case.
create table glasses (
  break_id uuid primary key,
  glass_id uuid not null,
  association text not null,
  case_id uuid not null,
  who text not null,
  on_behalf_of text not null,
  broken_at timestamptz not null,
  until timestamptz not null,
  reason jsonb not null,
  review_due timestamptz,  -- null where the case was erased: then there is nothing left to review it by
  is_late boolean not null default false,
  verdict text not null default '',
  words jsonb,
  reviewed_by text not null default '',
  reviewed_at timestamptz
);
create index glasses_before on glasses (case_id, who, until);
create index glasses_newest on glasses (association, broken_at);
create index glasses_waiting on glasses (review_due) where reviewed_at is null;
