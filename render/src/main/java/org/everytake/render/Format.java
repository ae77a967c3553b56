package org.everytake.render;

import org.everytake.wire.video.Depacketizer;

/**
 * What the packets of a clip are: those of other payload types in its stream are left out.
 *
 * @param clockRate of their timestamps, in Hz
 * @param redundantPayloadType of RED (RFC 2198), whose packets hold the same and copies of earlier ones; -1 if there is none
 * @param parameters as in SDP's {@code fmtp}
 */
public record Format(Coding coding, int clockRate, int payloadType, int redundantPayloadType, String parameters) {
    /** What reads pictures of this format. */
    public Depacketizer depacketizer() {
        return coding.videoCodec().depacketizer(parameters);
    }

    public boolean has(int payloadType) {
        return payloadType == this.payloadType || payloadType == redundantPayloadType;
    }
}
