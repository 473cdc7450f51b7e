-- A key for each matter (design.md §12): an observation, a case, a party, a tenancy. What somebody wrote has a key of its own inside its
-- matter, so that one text can be redacted and the rest stands.
alter table keys rename column subject to id;
alter table keys add column matter uuid;
alter table keys add column kind text;
update keys set matter = id;
alter table keys alter column matter set not null;
create index keys_of_matter on keys (matter);
create index keys_destroyed on keys (destroyed_at) where destroyed_at is not null;

-- Whom a matter is about, here and nowhere else in the clear. A link that ended stays as long as the matter: who was linked when, by whom, why.
create table links (
  matter uuid not null,
  matter_kind text not null,
  part_of uuid,
  association text not null,
  about text not null check (about in ('person', 'tenancy', 'home')),
  id uuid not null,
  role text not null default '',
  since timestamptz not null default now(),
  made_by text not null,
  made_why text not null,
  until timestamptz,
  ended_by text,
  ended_why text,
  check ((until is null) = (ended_by is null) and (until is null) = (ended_why is null))
);
create unique index links_now on links (matter, about, id) where until is null;
create index links_about on links (about, id);
-- A tenancy of the ERP is one matter here, however often it is told, and so is a person's part of something.
create unique index one_matter_of_a_tenancy on links (association, id) where matter_kind = 'tenancy' and about = 'tenancy' and until is null;
create unique index one_part_of_a_person on links (part_of, id) where matter_kind = 'part' and about = 'person' and until is null;
