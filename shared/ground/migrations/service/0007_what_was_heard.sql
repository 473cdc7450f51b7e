-- What a message said when it was taken in, as a digest: the same id with other content is an alarm, and not heard before.
alter table inbox add column content bytea;
