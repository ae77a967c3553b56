-- Sessions from before there were accounts have no host, nor have those whose host's account is gone. Nobody would see
-- them or their recordings again, so an operator who becomes an admin of their organisation becomes their host.
create function adopt_sessions_without_host() returns trigger language plpgsql as $$
declare
    address text;
begin
    select lower(email) into address from accounts where id = new.account and operator;
    if address is null or new.role <> 'admin' then
        return new;
    end if;
    insert into session_people (session, organisation, email, role)
        select id, organisation, address, 'host' from sessions
        where host is null and organisation = new.organisation
        on conflict (session, email) do update set role = 'host';
    insert into recording_viewers (organisation, email, recording, role)
        select r.organisation, address, r.id, 'host'
        from recordings r join sessions s on s.id = r.session
        where s.host is null and s.organisation = new.organisation
        on conflict (organisation, email, recording) do update set role = 'host';
    update sessions set host = new.account where host is null and organisation = new.organisation;
    return new;
end $$;
create trigger adopt_sessions_without_host after insert or update on memberships
    for each row execute function adopt_sessions_without_host();
