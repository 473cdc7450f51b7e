-- Who works here, as intake said it last: ids, roles and times, and names only sealed. Every service keeps it, and can do without intake.
create table colleagues (
  association text not null,
  person text not null,
  version integer not null,
  said jsonb not null,
  primary key (association, person)
);

-- A look by a stand-in says for whom; looks of before were everybody's own.
alter table access_log add column on_behalf_of text not null default '';
