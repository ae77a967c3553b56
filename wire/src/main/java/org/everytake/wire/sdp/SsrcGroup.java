package org.everytake.wire.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.everytake.wire.Malformed;

/**
 * {@code a=ssrc-group:FID 1234 5678} (RFC 5576, section 4.2).
 *
 * @param semantics {@code FID} for a stream and its retransmissions, {@code SIM} for simulcast
 */
public record SsrcGroup(String semantics, List<Long> ssrcs) implements SdpAttribute {
    static final String NAME = "ssrc-group";

    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }

    static SsrcGroup parse(Text text) throws Malformed {
        if (!text.contains(' ')) {
            return new SsrcGroup(text.rest(), List.of());
        }
        String semantics = text.until(' ');
        List<Long> ssrcs = new ArrayList<>();
        while (text.contains(' ')) {
            ssrcs.add(text.number(' ', 0, 0xFFFFFFFFL));
        }
        if (!text.isEmpty()) {
            ssrcs.add(text.number(0, 0xFFFFFFFFL));
        }
        return new SsrcGroup(semantics, ssrcs);
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return semantics + ssrcs.stream().map(ssrc -> " " + ssrc).collect(Collectors.joining());
    }
}
