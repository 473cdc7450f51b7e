-- What reporting remembers. Columns stand in the order of the fields in projections/records.py.

create table case_figures (
  case_id uuid primary key,
  association text not null,
  estate_id text not null,
  estate_name text not null,
  municipality text not null,
  is_protected boolean not null default false,
  is_protected_as_of timestamptz,
  signals text[] not null,
  severity text not null,
  severity_as_of timestamptz,
  category text not null,
  category_as_of timestamptz,
  consent text not null,
  consent_as_of timestamptz,
  observed_at timestamptz,
  registered_at timestamptz,
  raised_at timestamptz,
  triage_due timestamptz,
  seen_at timestamptz,
  triaged_at timestamptz,
  dismissed_at timestamptz,
  dismissed_as_of timestamptz,
  taken_up_as_of timestamptz,
  left_out boolean not null default false,
  left_out_as_of timestamptz,
  is_erased boolean not null default false,
  opened_at timestamptz,
  opened_as_of timestamptz,
  contact_due timestamptz,
  first_attempt_at timestamptz,
  first_contact_at timestamptz,
  first_contact_on_time boolean,
  first_referral_at timestamptz,
  first_acknowledged_at timestamptz,
  first_answered_at timestamptz,
  first_told_at timestamptz,
  times_told integer not null,
  times_told_on_time integer not null,
  accompaniments integer not null,
  accompanied_at timestamptz,
  damage_ordered_at timestamptz,
  damage_completed_at timestamptz,
  missed_triage integer not null,
  missed_first_contact integer not null,
  missed_telling integer not null,
  telling_missed_at timestamptz,
  closed_at timestamptz,
  outcome text not null,
  outcome_as_of timestamptz
);
create index case_figures_observed on case_figures (association, observed_at);

create table referral_figures (
  referral_id uuid primary key,
  association text not null,
  case_id uuid,
  target text not null,
  municipality text not null,
  basis text not null,
  sent_at timestamptz,
  answer_due timestamptz,
  acknowledged_at timestamptz,
  acknowledged_on_time boolean,
  answered_at timestamptz,
  outcome text not null,
  outcome_as_of timestamptz,
  silent_steps integer not null
);
create index referral_figures_case on referral_figures (case_id);

create table follow_up_figures (
  follow_up_id uuid primary key,
  association text not null,
  case_id uuid,
  due timestamptz,
  due_as_of timestamptz,
  done_at timestamptz,
  done_on_time boolean,
  missed_at timestamptz
);
create index follow_up_figures_case on follow_up_figures (case_id);

create table notice_figures (
  notice_id uuid primary key,
  association text not null,
  kind text not null,
  sent_at timestamptz,
  failed_at timestamptz
);

-- What is published, and under which policy. Filled from the events (rules/publication.py).
create table figure_policies (
  association text not null,
  digest text not null,
  adopted_in_order integer not null,
  text text not null,
  adopted_at timestamptz not null,
  adopted_by text not null,
  primary key (association, digest)
);
create table month_releases (
  association text not null,
  month text not null,
  released_at timestamptz not null,
  inbox_position bigint not null,
  exact_outcomes text[] not null,
  published jsonb not null,
  primary key (association, month)
);
