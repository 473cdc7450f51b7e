-- What was answered to a request with an id of its own is found by its idempotency key: the field's word for it.
alter table asked rename to idempotency_keys;
alter index asked_pkey rename to idempotency_keys_pkey;
