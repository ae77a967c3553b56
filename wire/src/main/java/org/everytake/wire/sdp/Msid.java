package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * {@code a=msid:stream track} (RFC 8830): the browser's names of MediaStream and MediaStreamTrack.
 *
 * @param stream {@code -} if in no stream
 * @param track null if not said
 */
public record Msid(String stream, @Nullable String track) implements SdpAttribute {
    static final String NAME = "msid";

    static Msid parse(Text text) throws Malformed {
        return text.contains(' ') ? new Msid(text.until(' '), text.rest()) : new Msid(text.rest(), null);
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return track == null ? stream : stream + " " + track;
    }
}
