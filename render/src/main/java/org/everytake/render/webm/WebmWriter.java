package org.everytake.render.webm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Writes a finished WebM strictly forwards: what it is, where to seek to, then the clusters. */
public final class WebmWriter {
    private static final int SEGMENT_SIZE_LENGTH = 8;

    private WebmWriter() {}

    /** Hears how many bytes are written, and may end it by throwing. */
    @FunctionalInterface
    public interface Counter {
        void written(long bytes, long all) throws IOException;
    }

    /**
     * @param media the blocks of each track, back to back
     * @return the size of the file
     */
    public static long write(OutputStream out, WebmFilm film, List<? extends InputStream> media, Counter counter)
            throws IOException {
        List<Cluster> clusters = Cluster.of(film);
        byte[] head = new SegmentHead(film, clusters).bytes();
        long segment =
                head.length + clusters.stream().mapToLong(Cluster::length).sum();
        byte[] start = start(segment);
        out.write(start);
        out.write(head);
        long all = start.length + segment;
        long written = start.length + head.length;
        Interleaving order = new Interleaving(film.tracks());
        for (Cluster cluster : clusters) {
            out.write(cluster.head());
            for (int i = 0; i < cluster.blocks() && order.next(); i++) {
                block(out, film, media, order, cluster);
            }
            written += cluster.length();
            counter.written(written, all);
        }
        return all;
    }

    private static byte[] start(long segment) {
        EbmlWriter out = new EbmlWriter();
        out.master(Id.EBML, ebml -> {
            ebml.unsigned(Id.EBML_VERSION, 1).unsigned(Id.EBML_READ_VERSION, 1);
            ebml.unsigned(Id.EBML_MAX_ID_LENGTH, 4).unsigned(Id.EBML_MAX_SIZE_LENGTH, 8);
            ebml.text(Id.DOC_TYPE, "webm");
            ebml.unsigned(Id.DOC_TYPE_VERSION, 4).unsigned(Id.DOC_TYPE_READ_VERSION, 2);
        });
        return out.big(Id.SEGMENT, 4).size(segment, SEGMENT_SIZE_LENGTH).toByteArray();
    }

    private static void block(
            OutputStream out, WebmFilm film, List<? extends InputStream> media, Interleaving order, Cluster cluster)
            throws IOException {
        WebmTrack track = film.tracks().get(order.track());
        out.write(BlockWriter.before(track, order.track() + 1, order.block(), cluster.millis()));
        int size = track.blocks().size(order.block());
        byte[] bytes = media.get(order.track()).readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("A piece is shorter than its index");
        }
        out.write(bytes);
        out.write(BlockWriter.after(track, order.block()));
    }
}
