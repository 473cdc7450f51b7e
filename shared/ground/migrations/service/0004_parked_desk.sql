-- What cannot be taken in: its line, what it waits for, and what people decided about it (decision 0021).
alter table parked add column place bigint;
comment on column parked.place is 'its place in the line of its key; that of the one it was put in the place of; otherwise its id';
alter table parked add column source text;
alter table parked add column message_id text;
alter table parked add column type text;
alter table parked add column awaits text;
alter table parked add column due boolean not null default false;
alter table parked add column outcome text;
comment on column parked.outcome is 'why it waits no more: taken_in (or null, before there was a word for it), passed, put_aside, replaced';
create index parked_awaits on parked (awaits) where done_at is null and awaits is not null;
create index parked_settled on parked (reader, id) where outcome in ('put_aside', 'replaced');

create table parked_decisions (
  position bigint generated always as identity primary key,
  parked_id bigint not null references parked (id),
  decided_at timestamptz not null default now(),
  decided_by text not null,
  decision text not null check (decision in ('put_aside', 'taken_up')),
  reason text not null check (char_length(reason) <= 200)
);
create index parked_decisions_about on parked_decisions (parked_id, position);
create trigger decisions_are_not_rewritten before update or delete or truncate on parked_decisions
  for each statement execute function refuse_to_rewrite_history();

create table unknown_types (
  reader text not null,
  type text not null,
  messages bigint not null,
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  primary key (reader, type)
);
