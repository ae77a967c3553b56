-- Every row belongs to an organisation. There is one for now, made here; requests need not name it.
create table organisations (
    id   uuid primary key,
    name text not null
);
insert into organisations (id, name) values ('00000000-0000-7000-8000-000000000001', 'Everytake');

create table sessions (
    id           text primary key,
    organisation uuid not null references organisations,
    title        text not null check (length(title) between 1 and 120),
    created_at   timestamptz not null
);
create index sessions_newest on sessions (organisation, created_at desc, id desc);

create table recordings (
    id              uuid primary key,
    organisation    uuid not null references organisations,
    session         text not null references sessions,
    title           text not null check (length(title) between 1 and 120),
    state           text not null
        check (state in ('starting', 'recording', 'stopping', 'processing', 'ready', 'failed')),
    started_by      text,
    created_at      timestamptz not null,
    started_at      timestamptz,
    stopped_at      timestamptz,
    duration_millis bigint not null default 0,
    size_bytes      bigint not null default 0,
    failure         text
);
-- Ids are made in the order of time, so they are the order of lists too.
create index recordings_newest on recordings (organisation, id desc);
create index recordings_of_session on recordings (session, id desc);
create index recordings_unfinished on recordings (id) where state in ('starting', 'recording', 'stopping');
-- At most one at a time in a session, whoever presses the button and however often.
create unique index recordings_one_live on recordings (session) where state in ('starting', 'recording', 'stopping');

create table recording_people (
    recording uuid not null references recordings on delete cascade,
    person    text not null,
    name      text not null,
    ordinal   integer not null,
    primary key (recording, person)
);

create table takes (
    recording     uuid not null references recordings on delete cascade,
    take          integer not null,
    person        text not null,
    kind          text not null,
    device        text not null,
    opened_millis bigint not null,
    closed_millis bigint,
    close_reason  text,
    packets       bigint not null default 0,
    dropped       bigint not null default 0,
    primary key (recording, take)
);

-- The ledger of shipping: which segments of tape lie in the vault, and since when.
create table segments (
    recording  uuid not null references recordings on delete cascade,
    name       text not null,
    size_bytes bigint not null,
    sealed_at  timestamptz not null,
    shipped_at timestamptz,
    erased_at  timestamptz,
    primary key (recording, name)
);
create index segments_to_ship on segments (sealed_at) where shipped_at is null;
create index segments_to_erase on segments (shipped_at) where shipped_at is not null and erased_at is null;

create table renditions (
    id               uuid primary key,
    recording        uuid not null references recordings on delete cascade,
    kind             text not null check (kind in ('composite', 'participant')),
    person           text,
    name             text not null,
    content_type     text not null,
    state            text not null check (state in ('queued', 'rendering', 'ready', 'failed')),
    progress         double precision not null default 0 check (progress between 0 and 1),
    remaining_millis bigint,
    object           text,
    size_bytes       bigint,
    duration_millis  bigint,
    sha256           text,
    failure          text,
    created_at       timestamptz not null,
    finished_at      timestamptz,
    check (state <> 'ready' or (object is not null and size_bytes is not null and sha256 is not null))
);
create unique index renditions_of_recording on renditions (recording, kind, coalesce(person, ''));
