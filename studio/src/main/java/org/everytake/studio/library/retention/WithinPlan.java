package org.everytake.studio.library.retention;

import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingControl;
import org.everytake.studio.library.Session;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Starts no recording where the organisation's storage is full. One that runs goes on to its end, and its files are made:
 * nothing that was begun is cut. Any thread; may block.
 */
public final class WithinPlan implements RecordingControl {
    private final Jdbi jdbi;
    private final RecordingControl control;

    public WithinPlan(Jdbi jdbi, RecordingControl control) {
        this.jdbi = jdbi;
        this.control = control;
    }

    @Override
    public String host(UUID session, String pass) {
        return control.host(session, pass);
    }

    /** @throws Refused also {@code storage-full} */
    @Override
    public Recording start(Session session, String by, @Nullable String title) {
        jdbi.useHandle(handle -> {
            Long most = PlanStore.find(handle, session.organisation())
                    .map(Plan::sizeBytes)
                    .orElse(null);
            if (most != null && Usage.of(handle, session.organisation()).total() >= most) {
                throw new Refused(
                        ErrorId.STORAGE_FULL,
                        "The institution's storage is full, so no new recording is begun. Delete recordings, or ask"
                                + " whoever runs the server for more.");
            }
        });
        return control.start(session, by, title);
    }

    @Override
    public Recording stop(UUID recording, String by) {
        return control.stop(recording, by);
    }
}
