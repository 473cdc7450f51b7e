-- What every service keeps: its history, what it still has to say, what it has heard, what it could not understand,
-- what it was asked, and who looked. Read models are not here: they may be dropped at any time, these may not.

create table events (
  position bigint generated always as identity primary key,
  association text not null,
  stream_id uuid not null,
  version integer not null,
  topic text not null,
  recorded_at timestamptz not null,
  provenance text not null,
  state text not null,
  previous_hash bytea not null,
  hash bytea not null,
  constraint events_stream_version unique (stream_id, version)
);

create function refuse_to_rewrite_history() returns trigger language plpgsql as $$
begin
  raise exception 'history is not rewritten: % on %', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger events_are_immutable before update or delete or truncate on events
  for each statement execute function refuse_to_rewrite_history();

create table outbox (
  position bigint generated always as identity primary key,
  bucket smallint not null,
  topic text not null,
  key text not null,
  headers jsonb not null,
  value bytea not null,
  written_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outbox_waiting on outbox (position) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

create table relay_broker (
  the_only boolean primary key default true check (the_only),
  cluster_id text not null,
  met_at timestamptz not null default now()
);
create table relay_offsets (
  topic text not null,
  partition integer not null,
  last_offset bigint not null,
  primary key (topic, partition)
);

create table inbox (
  position bigint generated always as identity,
  reader text not null,
  source text not null,
  message_id text not null,
  type text not null,
  heard_at timestamptz not null default now(),
  headers jsonb,
  key text,
  value bytea,
  primary key (reader, source, message_id)
);
create index inbox_in_order on inbox (position);

create table parked (
  id bigint generated always as identity primary key,
  reader text not null,
  identity text not null,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  key text,
  headers jsonb not null,
  value bytea,
  code text not null,
  reason text not null,
  parked_at timestamptz not null default now(),
  tries integer not null default 0,
  done_at timestamptz,
  unique (reader, identity)
);
create index parked_waiting on parked (reader, key) where done_at is null;

create table asked (
  id uuid primary key,
  association text not null,
  fingerprint bytea not null,
  answer jsonb,
  asked_at timestamptz not null default now()
);

create table access_log (
  position bigint generated always as identity primary key,
  at timestamptz not null,
  association text not null,
  actor text not null,
  role text not null,
  purpose text not null,
  action text not null,
  about uuid,
  relation text not null,
  correlation_id uuid not null
);
create index access_log_about on access_log (about, position) where about is not null;
create index access_log_at on access_log (at);

create trigger looks_are_not_rewritten before update or truncate on access_log
  for each statement execute function refuse_to_rewrite_history();
