-- What people may change of a recording counts its revisions, so that nobody overwrites what they have not seen.
alter table recordings add column revision bigint not null default 1;

-- Deleted: hidden, and for a short time it can be brought back. Erasing: there is no way back. Erased: nothing is left
-- of it but this row.
alter table recordings
    add column deleted_at timestamptz,
    add column erasing_at timestamptz,
    add column erased_at  timestamptz,
    add check (erasing_at is null or deleted_at is not null),
    add check (erased_at is null or erasing_at is not null);
create index recordings_to_erase on recordings (deleted_at) where deleted_at is not null and erased_at is null;
drop index recordings_newest;
create index recordings_newest on recordings (organisation, id desc) where deleted_at is null;
drop index recordings_of_session;
create index recordings_of_session on recordings (session, id desc) where deleted_at is null;
