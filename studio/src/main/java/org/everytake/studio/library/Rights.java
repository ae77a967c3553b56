package org.everytake.studio.library;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Role;
import org.jdbi.v3.core.Jdbi;

/**
 * Who may see and who may change what; the one place where that is said (decision 0034).
 *
 * <pre>
 *                     sees the session   sees its recordings   changes both, records
 *   host, co-host     yes                yes                   yes
 *   invited           yes                managers and admins   no
 *   anybody else      no                 no                    no
 * </pre>
 *
 * <p>Nobody has to do with what belongs to another organisation than the one they act in. What somebody may not see does
 * not exist for them: they are answered as if it were not there. Any thread; may block.
 */
public final class Rights {
    private final SessionStore sessions;
    private final RecordingStore recordings;
    private final SessionPeople people;

    public Rights(Jdbi jdbi) {
        this.sessions = new SessionStore(jdbi);
        this.recordings = new RecordingStore(jdbi);
        this.people = new SessionPeople(jdbi);
    }

    /** Somebody's part in something that they may see. */
    public record Seen<T>(T thing, SessionRole role) {}

    /** The address under which somebody is known to sessions. */
    static String address(Caller caller) {
        return caller.email().toLowerCase(Locale.ROOT);
    }

    /** Whether they see recordings of sessions to which they are merely invited. */
    static boolean seesWhereInvited(Caller caller) {
        return caller.role() != Role.MEMBER;
    }

    public Optional<Seen<Session>> session(Caller caller, UUID id) {
        return sessions.find(id).flatMap(session -> role(caller, session).map(role -> new Seen<>(session, role)));
    }

    /** What somebody is in a session of whatever organisation. */
    Optional<SessionRole> role(Caller caller, Session session) {
        return caller.organisation().equals(session.organisation())
                ? Optional.ofNullable(people.roles(caller.organisation(), address(caller), List.of(session.id()))
                        .get(session.id()))
                : Optional.empty();
    }

    public Optional<Seen<Recording>> recording(Caller caller, UUID id) {
        return recordings.find(id).flatMap(recording -> see(caller, recording));
    }

    /** A recording that may have been deleted. */
    Optional<Seen<Recording>> see(Caller caller, Recording recording) {
        return sessions.findEvenDeleted(recording.session())
                .flatMap(session -> role(caller, session))
                .filter(role -> role.hosts() || seesWhereInvited(caller))
                .map(role -> new Seen<>(recording, role));
    }

    /** @throws Refused {@code not-allowed} to whoever may see it and no more */
    public static <T> T change(Seen<T> seen) {
        if (!seen.role().hosts()) {
            throw new Refused(ErrorId.NOT_ALLOWED, "Only the session's host and co-hosts may do this.");
        }
        return seen.thing();
    }

    public static Refused noSuchSession() {
        return new Refused(
                ErrorId.NO_SUCH_SESSION, "There is no such session. Ask whoever invited you for a new link.");
    }
}
