-- Which matter a request was about: when that is erased, the fingerprint goes, for it would confirm a guess of what was said.
alter table idempotency_keys add column about uuid;
create index idempotency_keys_about on idempotency_keys (about) where about is not null;
