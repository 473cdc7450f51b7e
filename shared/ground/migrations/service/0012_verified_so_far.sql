-- How far the clock has come in verifying the chain once more, and what it found that does not hold (decision 0040).
-- Cases keeps beside its own what the others told of theirs, for whoever checks: without a stream.
create table verified_so_far (
  the_only boolean primary key default true check (the_only),
  began_at timestamptz not null default 'epoch',
  after_stream uuid not null default '00000000-0000-0000-0000-000000000000',
  is_over boolean not null default true,
  whole_at timestamptz
);
insert into verified_so_far default values;

create table broken_streams (
  id uuid primary key,
  service text not null,
  associations text[] not null,
  stream_id uuid unique,
  version integer,
  what text,
  found_at timestamptz not null
);
