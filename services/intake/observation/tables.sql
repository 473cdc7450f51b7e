create table observations (
  observation_id uuid primary key,
  association text not null,
  -- who saw it, or took the call; empty where nobody who works here did
  observer text not null,
  -- in which hat it was registered
  registered_as text not null,
  registered_for text not null,
  observed_at timestamptz not null,
  received_at timestamptz not null,
  version integer not null,
  estate_id text not null,
  municipality text not null,
  -- then the estate is sealed in history, and in the open here for as long as the matter has its key; so is what follows
  is_small_estate boolean not null,
  is_sealed_municipality boolean not null,  -- likewise, where the address is protected
  -- whether its case says that the address is protected; what the ERP says stands in the register
  is_protected boolean not null default false,
  home_id uuid,
  tenancy_id uuid,
  source text not null,
  how text not null,
  place text not null,
  area text not null,
  is_at_home boolean not null,
  signals text[] not null,
  severity text not null,
  consent_answer text not null,
  consent_wording text not null,
  consent_scope text[] not null,
  address jsonb not null,
  words jsonb,
  case_id uuid,
  triage_due timestamptz,
  triage_missed boolean not null default false,
  notice_failed_at timestamptz,
  seen_at timestamptz,
  seen_role text,
  assessed_at timestamptz,
  assessed_severity text,
  case_opened_at timestamptz,
  contact_due timestamptz,
  reopened_at timestamptz,
  passed_on_at timestamptz,
  put_right_at timestamptz,  -- when it was moved to the right home
  meeting_id uuid,
  meeting_at timestamptz,
  meeting_comes boolean,  -- what the observer answered; null while there is no answer to this time
  dismissed_at timestamptz,
  dismissal text,
  ended_at timestamptz,
  ending text
);
create index observations_of_observer on observations (association, observer, received_at desc, observation_id desc);
create index observations_of_case on observations (case_id) where case_id is not null;

create table observation_tellings (
  observation_id uuid not null,
  milestone text not null,
  at timestamptz not null,
  primary key (observation_id, milestone)
);
