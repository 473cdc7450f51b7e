-- How many streams had begun by a position: fewer of them later, and some were taken away whole (decision 0040).
alter table verified_so_far
  add column counted_to bigint not null default 0,
  add column counted bigint not null default 0;
