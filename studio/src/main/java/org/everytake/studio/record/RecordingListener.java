package org.everytake.studio.record;

/** Hears that a session's recording stands differently now; {@link Recordings#status} says how. Must not block. */
@FunctionalInterface
public interface RecordingListener {
    void recordingChanged(String session);
}
