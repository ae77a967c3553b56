package org.everytake.studio.library;

import java.util.UUID;
import org.everytake.studio.http.Refused;
import org.jspecify.annotations.Nullable;

/** Starts and stops recordings: what the API needs of those who record. Any thread may call it, and may block. */
public interface RecordingControl {
    /**
     * The name of the host or co-host who holds this pass and is in the session's room.
     *
     * @throws Refused {@code no-pass}; {@code not-allowed} if it is an attendee's
     */
    String host(UUID session, String pass);

    /**
     * Returns once the first packet is durable.
     *
     * @param by the name of who asked for it
     * @param title of the recording, or null for the session's
     * @throws Refused {@code already-recording}, {@code nobody-there}, {@code disk-full} or {@code recorder-failed}
     */
    Recording start(Session session, String by, @Nullable String title);

    /**
     * Returns once the tape is sealed. A recording that was stopped before is returned as it is.
     *
     * @throws Refused {@code no-such-recording}
     */
    Recording stop(UUID recording, String by);
}
