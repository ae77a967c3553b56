package org.everytake.studio.library;

import java.util.UUID;
import org.everytake.studio.http.Refused;
import org.jspecify.annotations.Nullable;

/** Starts and stops recordings: what the API needs of those who record. Any thread may call it, and may block. */
public interface RecordingControl {
    /**
     * Returns once the first packet is durable.
     *
     * @param pass what the caller showed, or null if nothing
     * @param title of the recording, or null for the session's
     * @throws Refused {@code no-pass}, {@code already-recording}, {@code nobody-there} or {@code recorder-failed}
     */
    Recording start(Session session, @Nullable String pass, @Nullable String title);

    /**
     * Returns once the tape is sealed. A recording that was stopped before is returned as it is.
     *
     * @throws Refused {@code no-pass}, {@code no-such-recording}
     */
    Recording stop(UUID recording, @Nullable String pass);
}
