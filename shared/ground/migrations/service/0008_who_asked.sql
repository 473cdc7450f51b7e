-- Who sent a request, as a keyed digest with its id in it: once what it was about is erased, they are told that and nobody else is.
alter table idempotency_keys add column asker bytea;
update idempotency_keys set answer = null where fingerprint = '';
