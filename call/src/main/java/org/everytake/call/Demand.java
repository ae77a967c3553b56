package org.everytake.call;

import java.util.Set;

/**
 * What of a track is wanted of the person who sends it.
 *
 * @param mid the media section (RFC 8843) in the SDP of what they publish
 * @param rids the simulcast layers (RFC 8851), the empty text for a track that has none; without any, nothing of it is
 *     seen or recorded
 */
public record Demand(String mid, Set<String> rids) {
    public Demand {
        rids = Set.copyOf(rids);
    }
}
