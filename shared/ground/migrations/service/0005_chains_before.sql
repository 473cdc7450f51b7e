-- A chain that ended when its streams were written anew: what its root was, so that a note of it from then can still be compared.
-- An association's own, and that of everything in the database where `association` is empty.
create table chains_before (
  position bigint generated always as identity primary key,
  association text not null,
  streams integer not null,
  events integer not null,
  root text not null,
  held boolean not null,
  ended_at timestamptz not null default now()
);

create trigger chains_before_are_not_rewritten before update or delete or truncate on chains_before
  for each statement execute function refuse_to_rewrite_history();
