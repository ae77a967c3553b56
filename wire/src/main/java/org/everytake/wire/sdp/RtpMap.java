package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;

/**
 * {@code a=rtpmap:111 opus/48000/2} (RFC 8866, section 6.6).
 *
 * @param payloadType 0 to 127
 * @param encoding the codec's name in the case in which it came; see {@link #is}
 * @param clockRate in Hz
 * @param channels 1 if not said
 */
public record RtpMap(int payloadType, String encoding, int clockRate, int channels) implements SdpAttribute {
    static final String NAME = "rtpmap";

    static RtpMap parse(Text text) throws Malformed {
        int payloadType = text.integer(' ', 0, 127);
        String encoding = text.until('/');
        int clockRate;
        int channels = 1;
        if (text.contains('/')) {
            clockRate = text.integer('/', 1, Integer.MAX_VALUE);
            channels = text.integer(1, 255);
        } else {
            clockRate = text.integer(1, Integer.MAX_VALUE);
        }
        return new RtpMap(payloadType, encoding, clockRate, channels);
    }

    /** Codec names are compared without case. */
    public boolean is(String codec) {
        return encoding.equalsIgnoreCase(codec);
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return payloadType + " " + encoding + "/" + clockRate + (channels == 1 ? "" : "/" + channels);
    }
}
