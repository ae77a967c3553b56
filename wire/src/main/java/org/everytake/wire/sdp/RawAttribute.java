package org.everytake.wire.sdp;

import org.jspecify.annotations.Nullable;

/** An attribute whose value is not read further, such as {@code ice-lite}, {@code mid}, {@code rtcp-mux} or one unknown. */
public record RawAttribute(String key, @Nullable String value) implements SdpAttribute {
    public static final RawAttribute ICE_LITE = new RawAttribute("ice-lite", null);
    public static final RawAttribute RTCP_MUX = new RawAttribute("rtcp-mux", null);
    public static final RawAttribute RTCP_MUX_ONLY = new RawAttribute("rtcp-mux-only", null);
    public static final RawAttribute RTCP_RSIZE = new RawAttribute("rtcp-rsize", null);
    public static final RawAttribute END_OF_CANDIDATES = new RawAttribute("end-of-candidates", null);
    public static final RawAttribute EXTMAP_ALLOW_MIXED = new RawAttribute("extmap-allow-mixed", null);
    public static final RawAttribute MSID_SEMANTIC = new RawAttribute("msid-semantic", " WMS *");

    public static RawAttribute mid(String mid) {
        return new RawAttribute("mid", mid);
    }

    public static RawAttribute iceUfrag(String ufrag) {
        return new RawAttribute("ice-ufrag", ufrag);
    }

    public static RawAttribute icePwd(String password) {
        return new RawAttribute("ice-pwd", password);
    }

    static RawAttribute parse(String line) {
        int colon = line.indexOf(':');
        return colon < 0
                ? new RawAttribute(line, null)
                : new RawAttribute(line.substring(0, colon), line.substring(colon + 1));
    }
}
