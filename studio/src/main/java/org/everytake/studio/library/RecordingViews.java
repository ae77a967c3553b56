package org.everytake.studio.library;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.everytake.studio.library.Views.RecordingView;
import org.everytake.studio.library.retention.Keeping;
import org.everytake.studio.library.retention.RetentionStore;
import org.everytake.studio.people.Caller;
import org.jdbi.v3.core.Jdbi;

/** Shows recordings, with as many queries for many as for one. Any thread; may block. */
final class RecordingViews {
    private final Jdbi jdbi;
    private final SessionStore sessions;
    private final SessionPeople sessionPeople;
    private final TakeStore takes;
    private final RenditionStore renditions;
    private final CompanionStore companions;

    RecordingViews(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.sessions = new SessionStore(jdbi);
        this.sessionPeople = new SessionPeople(jdbi);
        this.takes = new TakeStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.companions = new CompanionStore(jdbi);
    }

    /** To somebody who sees them all. */
    List<RecordingView> of(List<Recording> shown, Caller caller) {
        List<UUID> inSessions =
                shown.stream().map(Recording::session).distinct().toList();
        Map<UUID, SessionRole> roles = sessionPeople.roles(caller.organisation(), Rights.address(caller), inSessions);
        return of(shown, recording -> roles.getOrDefault(recording.session(), SessionRole.INVITED));
    }

    List<RecordingView> of(List<Recording> shown, Function<Recording, SessionRole> role) {
        List<UUID> ids = shown.stream().map(Recording::id).toList();
        Map<UUID, String> titles = sessions
                .all(shown.stream().map(Recording::session).distinct().toList())
                .stream()
                .collect(Collectors.toMap(Session::id, Session::title));
        Map<UUID, List<RecordedPerson>> people = takes.people(ids);
        Map<UUID, List<Rendition>> files = renditions.shown(ids);
        Map<UUID, List<Companion>> beside = companions.of(ids);
        Map<UUID, Keeping> keeping = jdbi.withHandle(handle -> RetentionStore.keeping(handle, ids));
        return shown.stream()
                .map(recording -> RecordingView.of(
                        recording,
                        titles.getOrDefault(recording.session(), recording.title()),
                        role.apply(recording),
                        people.getOrDefault(recording.id(), List.of()),
                        files.getOrDefault(recording.id(), List.of()),
                        beside.getOrDefault(recording.id(), List.of()),
                        keeping.get(recording.id())))
                .toList();
    }
}
