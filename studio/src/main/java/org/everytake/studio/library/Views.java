package org.everytake.studio.library;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shapes of docs/api.md. */
final class Views {
    private Views() {}

    record SessionView(String id, String title, String link, Instant createdAt, int recordings, int live) {
        static SessionView of(Session session, URI publicAddress, LivePeople people) {
            return new SessionView(
                    session.id(),
                    session.title(),
                    publicAddress + "/s/" + session.id(),
                    session.createdAt(),
                    session.recordings(),
                    people.count(session.id()));
        }
    }

    record SessionsView(
            List<SessionView> sessions, @Nullable String next) {}

    record RecordingView(
            UUID id,
            String session,
            String title,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant stoppedAt,
            long durationMillis,
            long sizeBytes,
            List<RecordedPerson> people,
            List<RenditionView> renditions,
            long revision,
            @Nullable String failure) {
        static RecordingView of(Recording recording, List<RecordedPerson> people, List<Rendition> renditions) {
            return new RecordingView(
                    recording.id(),
                    recording.session(),
                    recording.title(),
                    recording.state().word(),
                    recording.startedAt(),
                    recording.stoppedAt(),
                    recording.durationMillis(),
                    recording.sizeBytes(),
                    people,
                    renditions.stream().map(RenditionView::of).toList(),
                    recording.revision(),
                    recording.failure());
        }
    }

    record RecordingsView(
            List<RecordingView> recordings, @Nullable String next) {}

    record RenditionView(
            UUID id,
            String kind,
            @Nullable String person,
            String name,
            String state,
            double progress,
            @Nullable Long remainingMillis,
            @Nullable Long sizeBytes,
            @Nullable Long durationMillis,
            @Nullable String sha256,
            String contentType,
            @Nullable String failure) {
        static RenditionView of(Rendition rendition) {
            return new RenditionView(
                    rendition.id(),
                    rendition.kind().word(),
                    rendition.person(),
                    rendition.name(),
                    rendition.state().word(),
                    rendition.progress(),
                    rendition.remainingMillis(),
                    rendition.sizeBytes(),
                    rendition.durationMillis(),
                    rendition.sha256(),
                    rendition.contentType(),
                    rendition.failure());
        }
    }

    record ManifestView(
            int version,
            UUID recording,
            String session,
            String title,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant stoppedAt,
            long durationMillis,
            long tapeBytes,
            List<RecordedPerson> people,
            List<TakeFacts> takes,
            List<RenditionView> renditions) {
        static ManifestView of(
                Recording recording, List<RecordedPerson> people, List<TakeFacts> takes, List<Rendition> renditions) {
            return new ManifestView(
                    1,
                    recording.id(),
                    recording.session(),
                    recording.title(),
                    recording.state().word(),
                    recording.startedAt(),
                    recording.stoppedAt(),
                    recording.durationMillis(),
                    recording.sizeBytes(),
                    people,
                    takes,
                    renditions.stream().map(RenditionView::of).toList());
        }
    }
}
