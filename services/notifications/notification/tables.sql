-- The notices and where each stands. May be dropped at any time: it is filled again from history.
create table notice_list (
    notice_id      uuid primary key,
    association    text        not null,
    recipient      text        not null,
    kind           text        not null,
    about          uuid        not null,
    home_id        uuid,
    case_id        uuid,
    -- Whom it is for: the recipient, or whom the recipient stood in for.
    meant_for      text        not null,
    -- About danger to life or a child: it is never taken back, and never held.
    is_urgent      boolean     not null,
    link           text        not null,
    severity       text        not null,
    state          text        not null,
    attempts       integer     not null default 0,
    reason         text        not null default '',
    requested_at   timestamptz not null,
    next_try_at    timestamptz,
    settled_at     timestamptz,
    correlation_id uuid        not null,
    -- Taken by one delivery until then. Not history: forgetting it means at most that a mail is sent twice, under one Message-ID.
    claimed_until  timestamptz
);
create index notice_list_due on notice_list (next_try_at) where state = 'waiting';
create index notice_list_sent on notice_list (settled_at) where state = 'sent';
create index notice_list_of_case on notice_list (association, case_id) where state = 'waiting';
create index notice_list_home on notice_list (association, about) where home_id is not null;
create index notice_list_own on notice_list (association, meant_for, requested_at desc, notice_id desc);
create index notice_list_quiet on notice_list (association, recipient, kind, about, requested_at desc);
create index notice_list_newest on notice_list (association, requested_at desc, notice_id desc);
