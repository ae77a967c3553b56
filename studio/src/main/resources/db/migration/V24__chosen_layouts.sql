-- The layout that somebody chose for a file of everybody, whole, so that the file can be made again when the organisation has
-- changed or deleted it; null where the usual one is used. A recording has one file of each.
alter table renditions
    add column if not exists layout_name text check (length(layout_name) between 1 and 80),
    add column if not exists layout      text check (length(layout) between 1 and 16384), -- JSON, as docs/formats.md has it
    add column if not exists time_zone   text; -- whose time of day is told in it; null: UTC
alter table renditions drop constraint if exists renditions_layout_check;
alter table renditions add constraint renditions_layout_check
    check ((layout is null) = (layout_name is null) and (kind = 'composite' or layout is null));
drop index if exists renditions_of_recording;
create unique index renditions_of_recording
    on renditions (recording, kind, coalesce(person, ''), format, md5(coalesce(layout, '')));
