-- Sign-ins that are over before their time: a cookie that somebody copied must not outlive signing out. All services know the vault, so
-- it is the one place that all of them can look at. Nothing here says whose a sign-in was: `what` is a keyed fingerprint.
create table ended_sign_ins (
  what text primary key,
  ended_at timestamptz not null default now()
);
create index ended_sign_ins_by_time on ended_sign_ins (ended_at);
