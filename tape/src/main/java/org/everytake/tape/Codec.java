package org.everytake.tape;

import java.util.Objects;

/**
 * What an RTP payload type means in a take. The tape itself knows no codec: it hands this on to whoever reads.
 *
 * @param name encoding name as in SDP's {@code rtpmap}, for instance {@code opus} or {@code VP8}
 * @param clockRate in Hz
 * @param channels 0 where SDP says nothing
 * @param fmtp the format parameters as in SDP, empty if there are none
 */
public record Codec(int payloadType, String name, int clockRate, int channels, String fmtp) {
    public Codec {
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type " + payloadType + " is not within 0 to 127");
        }
        if (clockRate < 0 || channels < 0 || channels > 255) {
            throw new IllegalArgumentException("clock rate " + clockRate + ", channels " + channels);
        }
        Objects.requireNonNull(name);
        Objects.requireNonNull(fmtp);
    }
}
