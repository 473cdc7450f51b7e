create table diary_list (diary_id uuid primary key, entries integer not null);
create table heard_order (n bigint generated always as identity primary key, diary_id uuid not null, of text not null);
