package org.everytake.studio.library;

import java.util.List;
import java.util.UUID;

/**
 * A film that is made piece by piece while its recording goes on.
 *
 * @param beginning what comes before the first piece: an MP4's index without samples; not to be changed
 * @param pieces those that lie in the vault, in order from 0 on
 * @param over whether no piece follows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Film(UUID recording, byte[] beginning, List<Piece> pieces, boolean over) {
    public Film {
        pieces = List.copyOf(pieces);
    }

    /** A piece; they are numbered from 0. */
    public record Piece(long durationNanos, long sizeBytes) {}
}
