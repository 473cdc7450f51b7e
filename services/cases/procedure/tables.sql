-- Every version of every association's procedure. Filled from the events, may be dropped at any time.
create table procedure_version (
  association text not null,
  version text not null,
  effective_on date not null,
  adopted_in_order integer not null,
  text text not null,
  digest text not null,
  adopted_at timestamptz not null,
  adopted_by text not null,
  primary key (association, version)
);
create index procedure_version_in_force on procedure_version (association, effective_on, adopted_in_order);
