package org.everytake.render.webm;

import java.util.ArrayList;
import java.util.List;

/**
 * Blocks that follow each other and share a time (RFC 9559, section 5.1.3).
 *
 * @param blocks how many there are
 * @param bytes of all of them, with their heads
 * @param isSeekable whether it begins with a key frame of the track by which players seek
 */
record Cluster(long millis, int blocks, long bytes, boolean isSeekable) {
    /** A block's time has 16 bits with a sign; five seconds are what players like to load at once. */
    private static final long LONGEST_MILLIS = 5000;

    /** Cuts before each key frame, and where it would get too long. */
    static List<Cluster> of(WebmFilm film) {
        List<Cluster> clusters = new ArrayList<>();
        Interleaving order = new Interleaving(film.tracks());
        Cluster open = null;
        while (order.next()) {
            WebmTrack track = film.tracks().get(order.track());
            long millis = track.blocks().millis(order.block());
            boolean key = order.track() == film.seekTrack() && track.blocks().isKey(order.block());
            boolean cut = key && track.type() == WebmTrack.Type.PICTURE;
            if (open == null || cut || millis - open.millis >= LONGEST_MILLIS) {
                if (open != null) {
                    clusters.add(open);
                }
                open = new Cluster(millis, 0, 0, key);
            }
            long bytes = BlockWriter.length(track, order.block());
            open = new Cluster(open.millis, open.blocks + 1, open.bytes + bytes, open.isSeekable);
        }
        if (open != null) {
            clusters.add(open);
        }
        return clusters;
    }

    /** What comes before the blocks. */
    byte[] head() {
        int length = EbmlWriter.unsignedLength(millis);
        long content = EbmlWriter.headLength(Id.TIMESTAMP, length) + length + bytes;
        return new EbmlWriter()
                .head(Id.CLUSTER, content)
                .unsigned(Id.TIMESTAMP, millis)
                .toByteArray();
    }

    /** Of all of it in the file. */
    long length() {
        return head().length + bytes;
    }
}
