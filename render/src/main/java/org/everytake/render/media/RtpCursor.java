package org.everytake.render.media;

import org.everytake.render.Format;
import org.everytake.render.clock.ClockMap;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Points at one packet of a format after the other, with timestamps extended beyond 32 bits: the same packet has the same
 * one whoever points at all of a stream in order, or, knowing its clock, at what comes from some time on. One thread.
 */
public class RtpCursor {
    private final Format format;
    private final @Nullable ClockMap clock;
    private final RtpPacket packet = new RtpPacket();
    private long sequence;
    private long arrivalNanos;
    private long timestamp = -1;

    public RtpCursor(Format format) {
        this(format, null);
    }

    /** @param clock of the stream, if it is pointed at from somewhere in its middle on */
    RtpCursor(Format format, @Nullable ClockMap clock) {
        this.format = format;
        this.clock = clock;
    }

    /** Points at a record's packet; false, and nowhere, if it is no RTP or of another format. */
    public final boolean accept(TapeRecord record) {
        try {
            packet.wrap(record.buffer(), record.offset(), record.length());
        } catch (Malformed unusable) {
            return false; // the network's fault: as good as lost
        }
        if (!format.has(packet.payloadType())) {
            return false;
        }
        sequence = record.sequence();
        arrivalNanos = record.stampNanos();
        timestamp = timestamp < 0 ? first() : ClockMap.extend(packet.timestamp(), timestamp);
        return true;
    }

    private long first() {
        return clock == null ? packet.timestamp() : clock.extend32(packet.timestamp(), arrivalNanos);
    }

    public final Format format() {
        return format;
    }

    /** The packet, valid until this points elsewhere. */
    public final RtpPacket packet() {
        return packet;
    }

    public final long sequence() {
        return sequence;
    }

    public final long arrivalNanos() {
        return arrivalNanos;
    }

    /** The packet's extended RTP time. */
    public final long timestamp() {
        return timestamp;
    }

    /** Whether the packet is RED. */
    public final boolean isRedundant() {
        return packet.payloadType() == format.redundantPayloadType();
    }
}
