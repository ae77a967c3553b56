package org.everytake.call.media;

import java.util.Arrays;
import org.everytake.call.Codec;
import org.everytake.call.Kind;
import org.everytake.call.sdp.PublishOffer;
import org.jspecify.annotations.Nullable;

/** A media section on which a person may send, and the track that flows on it now. Owned by the loop. */
final class PublishedSection {
    private static final int PAYLOAD_TYPES = 128;

    /** After a goodbye, packets that the network had delayed still belong to the track. */
    private static final long FAREWELL_NANOS = 300_000_000L;

    private PublishOffer.Section offered;
    private Kind kind;
    private final boolean[] payloadTypes = new boolean[PAYLOAD_TYPES];
    private final int[] repeated = new int[PAYLOAD_TYPES];

    @Nullable
    LiveTrack track;

    private boolean goodbye;
    private long goodbyeNanos;
    private long lastPacketNanos;

    PublishedSection(PublishOffer.Section offered, Kind kind) {
        this.offered = offered;
        this.kind = kind;
        describe(offered, kind);
    }

    void describe(PublishOffer.Section section, Kind newKind) {
        offered = section;
        kind = newKind;
        Arrays.fill(payloadTypes, false);
        for (Codec codec : section.codecs()) {
            payloadTypes[codec.payloadType()] = true;
        }
        Arrays.fill(repeated, -1);
        section.repair().payloadTypes().forEach((retransmission, original) -> repeated[retransmission] = original);
    }

    PublishOffer.Section offered() {
        return offered;
    }

    Kind kind() {
        return kind;
    }

    boolean takes(int payloadType) {
        return payloadTypes[payloadType];
    }

    /** What a payload type of retransmissions repeats (RFC 4588); -1 if it is none. */
    int repeated(int payloadType) {
        return repeated[payloadType];
    }

    void packetArrived(long arrivalNanos) {
        lastPacketNanos = arrivalNanos;
        if (goodbye && arrivalNanos - goodbyeNanos > FAREWELL_NANOS) {
            goodbye = false;
        }
    }

    void goodbye(long arrivalNanos) {
        goodbye = true;
        goodbyeNanos = arrivalNanos;
    }

    /** Whether the sender said goodbye and nothing has come since. */
    boolean hasEnded(long nowNanos) {
        return goodbye && nowNanos - goodbyeNanos > FAREWELL_NANOS && nowNanos - lastPacketNanos > FAREWELL_NANOS;
    }

    void closed() {
        track = null;
        goodbye = false;
    }
}
