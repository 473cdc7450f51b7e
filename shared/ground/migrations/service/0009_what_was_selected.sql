-- A look at figures says what was chosen: the period, and as of which day. Empty where there is nothing to choose.
alter table access_log add column selection text not null default '';
