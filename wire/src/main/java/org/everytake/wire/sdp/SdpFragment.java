package org.everytake.wire.sdp;

import java.util.List;
import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a session description as trickle ICE carries it (RFC 8840, section 9): the ICE credentials and candidates of
 * one media section, and perhaps what holds for the session. Immutable.
 *
 * @param attributes of the session
 */
public record SdpFragment(List<SdpAttribute> attributes, List<MediaDescription> media) implements AttributeList {
    public static final String CONTENT_TYPE = "application/trickle-ice-sdpfrag";

    public SdpFragment {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** As {@link SessionDescription#parse}, with the same limits. */
    public static SdpFragment parse(String fragment) throws Malformed {
        return new SdpParser(fragment).parseFragment();
    }

    /** The user name fragment of the ICE session that it belongs to, null if it does not say. */
    public @Nullable String iceUfrag() {
        return said("ice-ufrag");
    }

    public @Nullable String icePwd() {
        return said("ice-pwd");
    }

    private @Nullable String said(String name) {
        for (MediaDescription section : media) {
            String own = section.value(name);
            if (own != null) {
                return own;
            }
        }
        return value(name);
    }

    /** Prints with line ends CR LF. */
    public String print() {
        StringBuilder out = new StringBuilder(512);
        attributes.forEach(a -> SessionDescription.line(out, a.line()));
        media.forEach(section -> section.print(out));
        return out.toString();
    }
}
