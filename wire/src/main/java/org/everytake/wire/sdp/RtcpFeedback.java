package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;

/**
 * {@code a=rtcp-fb:96 nack pli} (RFC 4585, section 4.2).
 *
 * @param payloadType 0 to 127, or {@link #ANY} for {@code *}
 * @param feedback such as {@code nack}, {@code nack pli}, {@code ccm fir}, {@code transport-cc}
 */
public record RtcpFeedback(int payloadType, String feedback) implements SdpAttribute {
    public static final int ANY = -1;
    public static final String NACK = "nack";
    public static final String NACK_PLI = "nack pli";
    public static final String CCM_FIR = "ccm fir";
    public static final String TRANSPORT_CC = "transport-cc";
    public static final String REMB = "goog-remb";

    static final String NAME = "rtcp-fb";

    static RtcpFeedback parse(Text text) throws Malformed {
        if (text.skip("* ")) {
            return new RtcpFeedback(ANY, text.rest());
        }
        return new RtcpFeedback(text.integer(' ', 0, 127), text.rest());
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return (payloadType == ANY ? "*" : Integer.toString(payloadType)) + " " + feedback;
    }
}
