package org.everytake.peer.media;

import java.util.List;

/**
 * What an answer takes of a media section that was offered.
 *
 * @param sends whether anything is to be sent
 * @param redundantPayloadType of RED; -1 to send frames once
 * @param retransmissionPayloadType of RTX; -1 to send again what is asked for as it was
 * @param rids of the layers that are wanted; empty to send one
 */
public record Agreed(
        boolean sends,
        ExtensionIds extensions,
        int redundantPayloadType,
        int retransmissionPayloadType,
        List<String> rids) {
    public static final Agreed REFUSED = new Agreed(false, ExtensionIds.NONE, -1, -1, List.of());

    public Agreed {
        rids = List.copyOf(rids);
    }
}
