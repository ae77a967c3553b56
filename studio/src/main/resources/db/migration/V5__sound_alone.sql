-- Files of sound alone: the mix of everybody, and one of each person.
alter table renditions drop constraint renditions_kind_check;
alter table renditions add constraint renditions_kind_check
    check (kind in ('composite', 'participant', 'mix', 'participant-sound'));
