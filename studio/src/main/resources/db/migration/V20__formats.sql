-- Files in formats that somebody asked for, beside the one that is made of each kind by itself; and what made them.
alter table renditions add column format text;
update renditions set format = case
    when kind = 'composite' then 'mp4'
    when kind = 'participant' then 'mov'
    when kind = 'raw' and content_type = 'application/zip' then 'zip'
    when kind = 'raw' then 'tar.gz'
    else 'mp3' end;
alter table renditions alter column format set not null;
drop index renditions_of_recording;
create unique index renditions_of_recording on renditions (recording, kind, coalesce(person, ''), format);

-- The programs and their versions, once the file is ready.
alter table renditions add column made_with text;
