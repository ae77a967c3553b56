package org.everytake.studio.library;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.library.retention.Keeping;
import org.jspecify.annotations.Nullable;

/** The shapes of docs/api.md. */
final class Views {
    private Views() {}

    record PersonView(@Nullable String email, @Nullable String name) {}

    record LimitsView(int people, int invited) {}

    record SessionView(
            UUID id,
            String title,
            @Nullable Instant startsAt,
            @Nullable String timeZone,
            String mode,
            int cameraHeight,
            @Nullable PersonView host,
            List<PersonView> coHosts,
            List<PersonView> invited,
            @Nullable String invitation,
            @Nullable String link,
            LimitsView limits,
            String role,
            Instant createdAt,
            long recordings,
            boolean recording,
            int live,
            long revision) {}

    record SessionsView(
            List<SessionView> sessions, @Nullable String next) {}

    record RoomLimitsView(int people) {}

    record RoomView(
            String title,
            @Nullable Instant startsAt,
            @Nullable String timeZone,
            @Nullable String host,
            String mode,
            boolean recording,
            int live,
            RoomLimitsView limits,
            String role,
            @Nullable String name,
            @Nullable UUID session) {}

    record RecordingView(
            UUID id,
            UUID session,
            String sessionTitle,
            String title,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant stoppedAt,
            long durationMillis,
            long sizeBytes,
            String mode,
            @Nullable String thumbnail,
            List<RecordedPerson> people,
            List<RenditionView> renditions,
            List<String> companions,
            String role,
            boolean mayChange,
            long revision,
            @Nullable Keeping keeping,
            @Nullable String failure) {
        static RecordingView of(
                Recording recording,
                String sessionTitle,
                SessionRole role,
                List<RecordedPerson> people,
                List<Rendition> renditions,
                List<Companion> companions,
                @Nullable Keeping keeping) {
            return new RecordingView(
                    recording.id(),
                    recording.session(),
                    sessionTitle,
                    recording.title(),
                    recording.state().word(),
                    recording.startedAt(),
                    recording.stoppedAt(),
                    recording.durationMillis(),
                    recording.sizeBytes(),
                    recording.mode().word(),
                    recording.thumbnail() == null ? null : "/api/v1/recordings/" + recording.id() + "/thumbnail",
                    people,
                    renditions.stream().map(RenditionView::of).toList(),
                    companions.stream()
                            .map(companion -> companion.kind().word())
                            .toList(),
                    role.word(),
                    role.hosts(),
                    recording.revision(),
                    keeping,
                    recording.failure());
        }
    }

    record RecordingsView(
            List<RecordingView> recordings, @Nullable String next) {}

    /** @param layout the JSON of docs/formats.md */
    record ChosenLayoutView(
            String name,
            @JsonRawValue String layout,
            @Nullable String timeZone) {
        static @Nullable ChosenLayoutView of(@Nullable ChosenLayout chosen) {
            return chosen == null ? null : new ChosenLayoutView(chosen.name(), chosen.form(), chosen.timeZone());
        }
    }

    record RenditionView(
            UUID id,
            String kind,
            String format,
            @Nullable String person,
            @Nullable ChosenLayoutView layout,
            String name,
            String state,
            double progress,
            @Nullable Long remainingMillis,
            @Nullable Long sizeBytes,
            @Nullable Long durationMillis,
            @Nullable String sha256,
            String contentType,
            @Nullable String failure,
            List<String> remarks,
            @Nullable String madeWith) {
        static RenditionView of(Rendition rendition) {
            return new RenditionView(
                    rendition.id(),
                    rendition.kind().word(),
                    rendition.format().word(),
                    rendition.person(),
                    ChosenLayoutView.of(rendition.layout()),
                    rendition.name(),
                    rendition.state().word(),
                    rendition.progress(),
                    rendition.remainingMillis(),
                    rendition.sizeBytes(),
                    rendition.durationMillis(),
                    rendition.sha256(),
                    rendition.contentType(),
                    rendition.failure(),
                    rendition.remarks(),
                    rendition.madeWith());
        }
    }

    record ManifestView(
            int version,
            UUID recording,
            UUID session,
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
