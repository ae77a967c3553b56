package org.everytake.render.media;

import java.util.Iterator;
import java.util.function.Consumer;
import org.everytake.render.clock.ClockMap;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpPacket;

/**
 * Walks over the packets of one codec in a stream, with timestamps extended beyond 32 bits. What is no RTP, or of
 * another codec, is stepped over. One thread.
 */
public final class RtpReader {
    private final Iterator<TapeRecord> records;
    private final int payloadType;
    private final Consumer<RtpReader> observer;
    private final RtpPacket packet = new RtpPacket();
    private long sequence;
    private long arrivalNanos;
    private long timestamp = -1;

    public RtpReader(Iterator<TapeRecord> records, int payloadType) {
        this(records, payloadType, packet -> {});
    }

    /** @param observer hears of each packet before whoever asked for it */
    public RtpReader(Iterator<TapeRecord> records, int payloadType, Consumer<RtpReader> observer) {
        this.records = records;
        this.payloadType = payloadType;
        this.observer = observer;
    }

    /** Goes to the next packet; false at the end. */
    public boolean next() {
        while (records.hasNext()) {
            TapeRecord record = records.next();
            try {
                packet.wrap(record.bytes(), 0, record.bytes().length);
            } catch (Malformed unusable) {
                continue; // the network's fault: as good as lost
            }
            if (packet.payloadType() == payloadType) {
                sequence = record.sequence();
                arrivalNanos = record.stampNanos();
                timestamp = timestamp < 0 ? packet.timestamp() : ClockMap.extend(packet.timestamp(), timestamp);
                observer.accept(this);
                return true;
            }
        }
        return false;
    }

    /** The packet, valid until {@link #next}. */
    public RtpPacket packet() {
        return packet;
    }

    public long sequence() {
        return sequence;
    }

    public long arrivalNanos() {
        return arrivalNanos;
    }

    /** The packet's RTP time; the same packet has the same one whoever walks over the stream. */
    public long timestamp() {
        return timestamp;
    }
}
