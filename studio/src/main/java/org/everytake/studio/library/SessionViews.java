package org.everytake.studio.library;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.everytake.studio.library.Views.LimitsView;
import org.everytake.studio.library.Views.PersonView;
import org.everytake.studio.library.Views.SessionView;
import org.everytake.studio.people.Caller;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Shows sessions as somebody may see them, with as many queries for many as for one. Any thread; may block. */
final class SessionViews {
    private final SessionStore sessions;
    private final SessionPeople people;
    private final LivePeople live;
    private final URI publicAddress;

    SessionViews(Jdbi jdbi, LivePeople live, URI publicAddress) {
        this.sessions = new SessionStore(jdbi);
        this.people = new SessionPeople(jdbi);
        this.live = live;
        this.publicAddress = publicAddress;
    }

    /** Those of these that somebody has to do with, in the same order. */
    List<SessionView> of(List<Session> shown, Caller caller) {
        List<UUID> ids = shown.stream().map(Session::id).toList();
        Map<UUID, List<SessionPerson>> everybody = people.of(ids);
        Map<UUID, SessionRole> roles = people.roles(caller.organisation(), Rights.address(caller), ids);
        Map<UUID, Long> recordings = sessions.recordings(ids);
        Set<UUID> recording = new HashSet<>(sessions.recording(ids));
        return shown.stream()
                .filter(session -> roles.containsKey(session.id()))
                .map(session -> view(
                        session,
                        everybody.getOrDefault(session.id(), List.of()),
                        roles.getOrDefault(session.id(), SessionRole.INVITED),
                        recordings.getOrDefault(session.id(), 0L),
                        recording.contains(session.id())))
                .toList();
    }

    private SessionView view(
            Session session, List<SessionPerson> all, SessionRole role, long recordings, boolean recording) {
        String invitation = session.invitation();
        return new SessionView(
                session.id(),
                session.title(),
                session.startsAt(),
                session.timeZone(),
                session.mode().word(),
                session.cameraHeight(),
                those(all, SessionRole.HOST, role).stream().findFirst().orElse(null),
                those(all, SessionRole.CO_HOST, role),
                role.hosts() ? those(all, SessionRole.INVITED, role) : List.of(),
                invitation,
                link(invitation),
                new LimitsView(live.most(), SessionInput.MOST_PEOPLE),
                role.word(),
                session.createdAt(),
                recordings,
                recording,
                live.count(session.id()),
                session.revision());
    }

    private @Nullable String link(@Nullable String invitation) {
        return invitation == null ? null : publicAddress + "/s/" + invitation;
    }

    /** Addresses are told to those only who may invite. */
    private static List<PersonView> those(List<SessionPerson> all, SessionRole wanted, SessionRole asking) {
        return all.stream()
                .filter(person -> person.role() == wanted)
                .map(person -> new PersonView(asking.hosts() ? person.email() : null, person.name()))
                .toList();
    }
}
