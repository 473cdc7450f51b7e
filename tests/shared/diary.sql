create table diary_list (diary_id uuid primary key, entries integer not null, newest jsonb);
