-- What an organisation may keep, and for how long. Without a size there is no limit, without days no end.
alter table organisations
    add column plan_pack           text not null default 'unlimited'
        check (plan_pack in ('unlimited', 'recstorage1', 'recstorage2', 'recstorage3')),
    add column plan_size_bytes     bigint check (plan_size_bytes > 0),
    add column plan_masters_height integer check (plan_masters_height > 0),
    add column plan_masters_days   integer check (plan_masters_days between 1 and 36500),
    add column plan_tape_days      integer not null default 30 check (plan_tape_days between 1 and 36500),
    add check (plan_masters_days >= plan_tape_days);

-- A legal hold stops every erasing of a recording until it is lifted.
alter table recordings
    add column held_at timestamptz,
    add column held_by text,
    add check ((held_at is null) = (held_by is null));

-- Since when neither spool nor vault has it.
alter table segments add column gone_at timestamptz;
create index segments_kept on segments (recording) include (size_bytes) where gone_at is null;

-- What of a recording was erased by its organisation's plan. From begun_at on there is no way back.
create table erasures (
    recording     uuid not null references recordings on delete cascade,
    organisation  uuid not null references organisations,
    kind          text not null check (kind in ('tape', 'raw', 'files')),
    days          integer not null, -- of the plan, by which it was erased
    size_bytes    bigint not null,
    begun_at      timestamptz not null,
    erased_at     timestamptz,
    key_destroyed boolean not null, -- the RAW archive has none of its own
    primary key (recording, kind)
);
create index erasures_newest on erasures (organisation, erased_at desc);
create index erasures_unfinished on erasures (begun_at) where erased_at is null;
create index recordings_by_end on recordings (organisation, stopped_at) where deleted_at is null;

-- How full an organisation's storage is: each step that was reached, and since when.
create table storage_steps (
    organisation uuid not null references organisations on delete cascade,
    percent      integer not null,
    since        timestamptz not null,
    primary key (organisation, percent)
);
