-- How many lines cameras send in a session: 360 where masters are recorded on the spot and the call is to leave them room.
alter table sessions add column camera_height int not null default 720 check (camera_height in (360, 720));
