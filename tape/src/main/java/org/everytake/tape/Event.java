package org.everytake.tape;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/** What the journal of a recording says. Each is journalled with its stamp: nanoseconds since the recording's zero. */
public sealed interface Event {

    /**
     * First in every journal: what is recorded, since when, and the room as it was then.
     *
     * @param zero the wall time of stamp 0; from here on only stamps count
     */
    record RecordingStarted(String recording, String session, String title, Instant zero, Snapshot snapshot)
            implements Event {
        public RecordingStarted {
            Objects.requireNonNull(recording);
            Objects.requireNonNull(session);
            Objects.requireNonNull(title);
            Objects.requireNonNull(zero);
            Objects.requireNonNull(snapshot);
        }
    }

    /** Somebody joined, or changed the name. */
    record PersonJoined(String person, String name) implements Event {}

    record PersonLeft(String person) implements Event {}

    record SourceMuted(String person, Kind kind, boolean muted) implements Event {}

    /** A take began. Journalled by {@code Tape.open} itself. */
    record TakeOpened(int take, Source source) implements Event {}

    /** A take ended. Journalled by {@code Take.close} itself. */
    record TakeClosed(int take, String reason) implements Event {}

    /**
     * An RTCP sender report (RFC 3550 section 6.4.1) of a stream; the stamp is its arrival.
     *
     * @param ntp64 the sender's clock, seconds and fraction
     * @param rtpTimestamp unsigned 32 bits
     * @param packets sent, unsigned 32 bits
     * @param octets sent, unsigned 32 bits
     */
    record SenderReported(int take, int stream, long ntp64, long rtpTimestamp, long packets, long octets)
            implements Event {}

    /** So many packets of a stream arrived but are not on tape, because the disk was too slow or failed. */
    record PacketsDropped(int take, int stream, long count) implements Event {}

    /**
     * The recorder itself was away from here on, until the next event: every take ends here, and nobody is in the room
     * until their {@link PersonJoined} follows.
     */
    record Interrupted(String reason) implements Event {}

    /** Last in a journal that ended as it should. */
    record RecordingStopped(String reason) implements Event {}

    /** An event written by a newer program: kept as it is. */
    record UnknownEvent(int type, byte[] bytes) implements Event {
        public UnknownEvent {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof UnknownEvent that && type == that.type && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * type + Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "UnknownEvent[type=" + type + ", " + bytes.length + " bytes]";
        }
    }
}
