create table estates (
  association text not null,
  estate_id text not null,
  name text not null,
  municipality text not null,
  primary key (association, estate_id)
);

create table homes (
  home_id uuid primary key,
  association text not null,
  estate_id text not null,
  street text not null,
  number text not null,
  floor text not null,
  door text not null,
  -- No home any more: what was there is found, and nobody chooses it.
  has_ended boolean not null default false
);
create index homes_of_estate on homes (association, estate_id);
create index homes_of_street on homes (association, street);

-- What is sealed in history is here in the open for as long as its matter has a key; an erasure empties it.
create table tenancies (
  id uuid primary key,
  association text not null,
  tenancy_id uuid,
  home_id uuid,
  started_on date,
  ended_on date,
  is_protected boolean not null default false,
  -- Of whoever lives there alone: when they died, and what a guardian decides for them.
  died_on date,
  guardian_decides text[]
);
create index tenancies_of_home on tenancies (home_id, started_on) where home_id is not null;

create table occupants (
  part_id uuid primary key,
  id uuid not null,
  person_id uuid,
  role text not null
);
create index occupants_of_tenancy on occupants (id);
