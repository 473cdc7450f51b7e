-- Every look of every service stands in one log, that of cases (decision 0037): which service it was in is written down, empty for what was
-- looked at in this service before. It is read newest first, by who looked and by period.
alter table access_log add column service text not null default '';
drop index access_log_at;
create index access_log_newest on access_log (association, at, position);
create index access_log_actor on access_log (actor, at, position);
-- What a list showed, once an hour for the same reader: with no moment and no conversation in common, so that a case that was erased does
-- not lead to those that stood beside it.
create unique index access_log_shown on access_log (about, actor, at, role, purpose, on_behalf_of, relation) where action = 'shown_in_list';
