package org.everytake.studio.library;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Who has to do with which session, and so sees which recordings. Somebody is known by their e-mail address in small
 * letters, whether or not they have an account by now. Any thread; joins a transaction of the caller's thread.
 */
public final class SessionPeople {
    private final Jdbi jdbi;

    public SessionPeople(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Makes these the people of a session, and with them its words; and has them see its recordings. */
    void set(Session session, Map<String, SessionRole> people) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("delete from session_people where session = :session")
                    .bind("session", session.id())
                    .execute();
            var batch = handle.prepareBatch("""
                    insert into session_people (session, organisation, email, role)
                    values (:session, :organisation, :email, :role)
                    """);
            people.forEach((email, role) -> batch.bind("session", session.id())
                    .bind("organisation", session.organisation())
                    .bind("email", email)
                    .bind("role", role.word())
                    .add());
            if (!people.isEmpty()) {
                batch.execute();
            }
            words(handle, session);
            handle.createUpdate("""
                            delete from recording_viewers
                            where recording in (select id from recordings where session = :session)
                            """).bind("session", session.id()).execute();
            handle.createUpdate("""
                            insert into recording_viewers (organisation, email, recording, role)
                            select p.organisation, p.email, r.id, p.role
                            from session_people p join recordings r on r.session = p.session
                            where p.session = :session
                            """).bind("session", session.id()).execute();
        });
    }

    /** The words by which a session is found: its title's, and those of its people's names and addresses. */
    void words(Session session) {
        jdbi.useHandle(handle -> words(handle, session));
    }

    /** Somebody has another name or address now, and their sessions are found by that. */
    public void renamed(Handle handle, UUID account) {
        // In the order of their ids, so that no two transactions wait for each other.
        Map<UUID, String> titles = new TreeMap<>();
        handle.createQuery("""
                        select s.id, s.title
                        from accounts a
                            join memberships m on m.account = a.id
                            join session_people p on p.organisation = m.organisation and p.email = lower(a.email)
                            join sessions s on s.id = p.session
                        where a.id = :account
                        """)
                .bind("account", account)
                .map((row, context) -> titles.put(row.getObject("id", UUID.class), row.getString("title")))
                .list();
        words(handle, titles);
    }

    private void words(Handle handle, Session session) {
        words(handle, Map.of(session.id(), session.title()));
    }

    private void words(Handle handle, Map<UUID, String> titles) {
        if (titles.isEmpty()) {
            return;
        }
        Map<UUID, List<SessionPerson>> people = of(titles.keySet());
        var batch = handle.prepareBatch("update sessions set search = array_to_tsvector(:words) where id = :id");
        titles.forEach((session, title) -> {
            List<String> texts = new ArrayList<>(List.of(title));
            people.getOrDefault(session, List.of()).forEach(person -> {
                texts.add(person.email());
                Optional.ofNullable(person.name()).ifPresent(texts::add);
            });
            batch.bindArray("words", String.class, (Object[]) Words.array(texts.toArray(String[]::new)))
                    .bind("id", session)
                    .add();
        });
        batch.execute();
    }

    /** The people of each of these sessions, the host first, else in the order of their addresses. */
    Map<UUID, List<SessionPerson>> of(Collection<UUID> sessions) {
        Map<UUID, List<SessionPerson>> people = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select p.session, p.email, p.role, m.name
                        from session_people p
                            left join lateral (
                                select a.name from accounts a
                                    join memberships m on m.account = a.id and m.organisation = p.organisation
                                where lower(a.email) = p.email) m on true
                        where p.session = any(:sessions)
                        order by p.session, p.role = 'host' desc, p.email
                        """)
                .bindArray("sessions", UUID.class, sessions)
                .map((row, context) -> people.computeIfAbsent(
                                row.getObject("session", UUID.class), ignored -> new ArrayList<>())
                        .add(new SessionPerson(
                                row.getString("email"), row.getString("name"), SessionRole.of(row.getString("role")))))
                .list());
        return people;
    }

    /** What this address is in each of these sessions; those with which it has nothing to do are left out. */
    Map<UUID, SessionRole> roles(UUID organisation, String email, Collection<UUID> sessions) {
        Map<UUID, SessionRole> roles = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select session, role from session_people
                        where organisation = :organisation and email = :email and session = any(:sessions)
                        """)
                .bind("organisation", organisation)
                .bind("email", email)
                .bindArray("sessions", UUID.class, sessions)
                .map((row, context) ->
                        roles.put(row.getObject("session", UUID.class), SessionRole.of(row.getString("role"))))
                .list());
        return roles;
    }
}
