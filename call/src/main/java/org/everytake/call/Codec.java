package org.everytake.call;

import java.util.Locale;

/**
 * A codec as it was negotiated for a track.
 *
 * @param payloadType the number that RTP packets carry, 0 to 127
 * @param name the encoding name of RFC 8866's {@code rtpmap}, such as {@code opus} or {@code VP8}
 * @param clockRate in Hz
 * @param channels of audio; 0 for video
 * @param fmtp the format parameters as they stand in the SDP; empty if there are none
 */
public record Codec(int payloadType, String name, int clockRate, int channels, String fmtp) {
    public boolean is(String encodingName) {
        return name.toLowerCase(Locale.ROOT).equals(encodingName.toLowerCase(Locale.ROOT));
    }
}
