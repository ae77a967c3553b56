package org.everytake.wire.sdp;

import java.util.List;
import org.everytake.wire.Malformed;

/**
 * {@code a=group:BUNDLE 0 1} (RFC 5888, RFC 9143).
 *
 * @param semantics {@code BUNDLE} for media that share a transport
 */
public record Group(String semantics, List<String> mids) implements SdpAttribute {
    public static final String BUNDLE = "BUNDLE";

    static final String NAME = "group";

    public Group {
        mids = List.copyOf(mids);
    }

    static Group parse(Text text) throws Malformed {
        List<String> words = List.of(text.rest().split(" +", -1));
        return new Group(
                words.getFirst(),
                words.stream().skip(1).filter(word -> !word.isEmpty()).toList());
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return mids.isEmpty() ? semantics : semantics + " " + String.join(" ", mids);
    }
}
