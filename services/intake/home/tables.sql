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
  door text not null
);
create index homes_of_estate on homes (association, estate_id);

create table tenancies (
  tenancy_id uuid primary key,
  association text not null,
  home_id uuid not null,
  estate_id text not null,
  started_on date not null,
  ended_on date
);
create index tenancies_of_home on tenancies (home_id, started_on);
