package org.everytake.tape;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What somebody must know to make sense of a take's packets. Written when the take opens, at each change, and at the
 * start of each segment, so that a segment can be read with nothing but itself and the key.
 *
 * @param take number of the take in its recording, from 1 (0 is the journal)
 * @param headerExtensions RTP header extension id to URI (RFC 8285)
 * @param streams those known so far; a later description adds to them
 */
public record TakeDescription(
        int take,
        Source source,
        List<Codec> codecs,
        Map<Integer, String> headerExtensions,
        List<StreamDescription> streams) {
    public TakeDescription {
        if (take < 1) {
            throw new IllegalArgumentException("take " + take + " is not positive");
        }
        Objects.requireNonNull(source);
        codecs = List.copyOf(codecs);
        headerExtensions = Map.copyOf(headerExtensions);
        streams = List.copyOf(streams);
    }
}
