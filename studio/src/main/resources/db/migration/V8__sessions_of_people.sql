-- A session has an id, and beside it an invitation, which can be taken back. What was its id until now was its link, and
-- goes on as that.
alter table recordings drop constraint recordings_session_fkey;
alter table sessions drop constraint sessions_pkey;
alter table sessions rename column id to invitation;
alter table sessions
    alter column invitation drop not null,
    add unique (invitation),
    add column id           uuid,
    add column host         uuid references accounts on delete set null,
    add column starts_at    timestamptz, -- null: whenever
    add column time_zone    text check (length(time_zone) between 1 and 64),
    add column mode         text not null default 'video'
        check (mode in ('video', 'audio-show-video', 'audio-no-video')),
    add column revision     bigint not null default 1,
    add column deleted_at   timestamptz,
    add column title_key    text collate "C" not null default '',
    add column search       tsvector not null default '';
-- Ids in the order of time, of version 7 (RFC 9562).
update sessions set
    id = (lpad(to_hex((extract(epoch from created_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(invitation), 1, 3)
        || '8' || substr(md5(invitation), 4, 15))::uuid,
    title_key = lower(regexp_replace(normalize(title, NFKD), '[\u0300-\u036f]', '', 'g'));
update sessions set search = array_to_tsvector(array(
    select distinct word from regexp_split_to_table(title_key, '[^[:alnum:]]+') as word where word <> ''));
alter table sessions
    alter column id set not null,
    alter column title_key drop default,
    alter column search drop default,
    add primary key (id),
    add column happens_at timestamptz generated always as (coalesce(starts_at, created_at)) stored;
drop index sessions_newest;
create index sessions_newest on sessions (organisation, id desc) where deleted_at is null;
create index sessions_by_time on sessions (organisation, happens_at, id) where deleted_at is null;
create index sessions_by_title on sessions (organisation, title_key, id) where deleted_at is null;
create index sessions_by_word on sessions using gin (search) with (fastupdate = off);
create index sessions_deleted on sessions (deleted_at) where deleted_at is not null;

-- Who has to do with a session, by e-mail address in small letters: the host, too, so that one index finds all. Somebody
-- need not have an account when they are invited; whoever has one with that address is meant.
create table session_people (
    session      uuid not null references sessions on delete cascade,
    organisation uuid not null references organisations,
    email        text not null check (email = lower(email) and length(email) between 3 and 254),
    role         text not null check (role in ('host', 'co-host', 'invited')),
    primary key (session, email)
);
create index session_people_of_email on session_people (organisation, email, session, role);

alter table recordings rename column session to invitation;
alter table recordings
    add column session         uuid references sessions,
    add column mode            text not null default 'video'
        check (mode in ('video', 'audio-show-video', 'audio-no-video')),
    add column title_key       text collate "C" not null default '',
    add column search          tsvector not null default '',
    add column thumbnail       text, -- the SHA-256 of its picture, once there is one
    add column thumbnail_bytes bigint;
update recordings r set
    session = (select s.id from sessions s where s.invitation = r.invitation),
    title_key = lower(regexp_replace(normalize(r.title, NFKD), '[\u0300-\u036f]', '', 'g'));
update recordings r set search = array_to_tsvector(array(
    select distinct word from (
        select r.title_key as text
        union all
        select lower(regexp_replace(normalize(p.name, NFKD), '[\u0300-\u036f]', '', 'g'))
        from recording_people p where p.recording = r.id) as texts,
        regexp_split_to_table(text, '[^[:alnum:]]+') as word
    where word <> ''));
-- The indexes on what a session was called until now go with the column.
alter table recordings
    drop column invitation,
    alter column session set not null,
    alter column title_key drop default,
    alter column search drop default;
create index recordings_of_session on recordings (session, id desc) where deleted_at is null;
create unique index recordings_one_live on recordings (session) where state in ('starting', 'recording', 'stopping');
create index recordings_by_title on recordings (organisation, title_key, id) where deleted_at is null;
create index recordings_by_length on recordings (organisation, duration_millis, id) where deleted_at is null;
create index recordings_not_ready on recordings (organisation, state, id) where deleted_at is null and state <> 'ready';
create index recordings_by_word on recordings using gin (search) with (fastupdate = off);

-- Who may see a recording: the people of its session, each with each of its recordings, so that anybody's list is a
-- stretch of an index, however much others have. Only managers and admins see what they are merely invited to.
create table recording_viewers (
    organisation uuid not null references organisations,
    email        text not null,
    recording    uuid not null references recordings on delete cascade,
    role         text not null check (role in ('host', 'co-host', 'invited')),
    primary key (organisation, email, recording)
);
create index recording_viewers_who_change on recording_viewers (organisation, email, recording) where role <> 'invited';
create index recording_viewers_of_recording on recording_viewers (recording);

-- Rights follow an account to its new address.
create function people_follow_account() returns trigger language plpgsql as $$
declare
    former text := lower(old.email);
    present text := lower(new.email);
begin
    if former <> present then
        -- Where the new address was known already, what the account brings along counts.
        delete from session_people p where p.email = present
            and exists (select from session_people o where o.session = p.session and o.email = former);
        update session_people set email = present where email = former;
        delete from recording_viewers v where v.email = present
            and exists (select from recording_viewers o where o.recording = v.recording and o.email = former
                and o.organisation = v.organisation);
        update recording_viewers set email = present where email = former;
    end if;
    return new;
end $$;
create trigger people_follow_account after update of email on accounts
    for each row execute function people_follow_account();
