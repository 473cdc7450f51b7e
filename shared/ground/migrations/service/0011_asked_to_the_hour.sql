-- When something was asked is kept to the hour: who tells of somebody asks at the moment in which the observation is taken in, and nothing
-- else of them says that (decision 0027).
alter table idempotency_keys alter column asked_at set default date_trunc('hour', now());
update idempotency_keys set asked_at = date_trunc('hour', asked_at);
