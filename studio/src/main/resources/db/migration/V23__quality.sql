-- Files that say how well a recording came across.
alter table renditions drop constraint if exists renditions_kind_check;
alter table renditions add constraint renditions_kind_check
    check (kind in ('composite', 'participant', 'mix', 'participant-sound', 'raw', 'quality'));
