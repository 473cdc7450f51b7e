-- Every version of every association's procedure: proposed, adopted or withdrawn. Filled from the events, may be dropped at any time.
create table procedure_version (
  association text not null,
  version text not null,
  effective_on date not null,
  adopted_in_order integer not null,
  text text not null,
  digest text not null,
  state text not null,
  adopted_at timestamptz,  -- empty as long as it was only proposed; what was adopted stays readable, also when it was withdrawn
  adopted_by text not null default '',
  oddities jsonb not null default '[]',  -- of {what, place, value}
  proposed_at timestamptz,
  proposed_by text not null default '',
  withdrawn_at timestamptz,
  withdrawn_by text not null default '',
  withdrawn_reason text not null default '',
  primary key (association, version)
);
create index procedure_version_in_force on procedure_version (association, effective_on, adopted_in_order);

-- In which municipality the register has an estate: for which of them nothing is agreed, the page of the procedure says.
create table noted_estate (
  association text not null,
  estate_id text not null,
  municipality text not null,
  primary key (association, estate_id)
);
