-- The master key can be changed (decision 0050): every wrap says which one it is under, and here stands which there are. What was wrapped
-- before is under the first. One that is noted and has no `since` is known and not used yet; one that ended opens nothing any more.
alter table master_key_check drop column the_only;
alter table master_key_check add column version integer primary key default 1;
alter table master_key_check add column name text unique;
alter table master_key_check add column fingerprinting bytea;
alter table master_key_check add column since timestamptz default now();
alter table master_key_check add column ended_at timestamptz;
alter table master_key_check alter column wrapped drop not null;
alter table master_key_check add check ((wrapped is null) = (ended_at is not null));
alter table keys add column master integer not null default 1;

-- Whoever still believes in a master key that was replaced is refused here, a program of before too: what it wrapped, nobody could open
-- once that key is gone. A change waits until nobody is writing under the one before (`7201004` is its lock, taken shared by who writes).
create function is_under_the_master_key_in_use() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(7201004, 0);
  if new.master is distinct from (select max(version) from master_key_check where since is not null) then
    raise exception 'the master key was changed' using errcode = 'BB050';
  end if;
  return new;
end $$;
create trigger is_under_the_master_key_in_use before insert or update of wrapped, master on keys
  for each row when (new.wrapped is not null) execute function is_under_the_master_key_in_use();
