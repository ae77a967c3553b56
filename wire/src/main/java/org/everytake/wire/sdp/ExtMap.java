package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * {@code a=extmap:4/sendonly urn:ietf:params:rtp-hdrext:sdes:mid} (RFC 8285, section 8).
 *
 * @param id 1 to 255; 4096 to 4351 stand for "to be chosen" in an offer
 * @param direction null if not said
 * @param attributes what follows the URI, null if nothing
 */
public record ExtMap(
        int id,
        @Nullable MediaDirection direction,
        String uri,
        @Nullable String attributes) implements SdpAttribute {
    public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    public static final String RTP_STREAM_ID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    public static final String REPAIRED_RTP_STREAM_ID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    public static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";
    public static final String ABSOLUTE_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    public static final String TRANSPORT_CC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    public static final String DEPENDENCY_DESCRIPTOR =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

    static final String NAME = "extmap";

    public ExtMap(int id, String uri) {
        this(id, null, uri, null);
    }

    static ExtMap parse(Text text) throws Malformed {
        Text head = text.part(' ');
        int id;
        MediaDirection direction = null;
        if (head.contains('/')) {
            id = head.integer('/', 1, 4351);
            direction = MediaDirection.named(head.rest());
            if (direction == null) {
                throw text.malformed("unknown direction");
            }
        } else {
            id = head.integer(1, 4351);
        }
        String uri = text.contains(' ') ? text.until(' ') : text.rest();
        return new ExtMap(id, direction, uri, text.isEmpty() ? null : text.rest());
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return id
                + (direction == null ? "" : "/" + direction.key())
                + " "
                + uri
                + (attributes == null ? "" : " " + attributes);
    }
}
