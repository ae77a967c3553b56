package org.everytake.render.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.everytake.render.mp4.Interleaving.Run;

/** Writes a finished MP4 or MOV strictly forwards: brands, index, then picture and sound by turns. */
public final class Mp4Writer {
    private Mp4Writer() {}

    /** Hears how many bytes are written, and may end it by throwing. */
    @FunctionalInterface
    public interface Counter {
        void written(long bytes, long all) throws IOException;
    }

    /**
     * @param pictures the coded pictures of the movie, back to back
     * @param sounds its AAC frames, back to back
     * @return the size of the file
     */
    public static long write(OutputStream out, Movie movie, InputStream pictures, InputStream sounds, Counter counter)
            throws IOException {
        List<Run> runs = Interleaving.of(movie);
        long media = runs.stream().mapToLong(Run::bytes).sum();
        boolean wide = media + 8 > 0xFFFF_FFFFL;
        byte[] brands = brands(movie);
        // the index is as long wherever the media lie, so it is made twice: to be measured, and to be right
        int indexBytes = new MovieHeader(movie, runs, 0).bytes().length;
        long dataStart = brands.length + indexBytes + (wide ? 16 : 8);
        out.write(brands);
        out.write(new MovieHeader(movie, runs, dataStart).bytes());
        BoxWriter header = new BoxWriter();
        if (wide) {
            header.u32(1).fourCc("mdat").u64(media + 16);
        } else {
            header.u32(media + 8).fourCc("mdat");
        }
        out.write(header.toByteArray());
        byte[] buffer = new byte[1 << 16];
        long written = dataStart;
        for (Run run : runs) {
            copy(run.video() ? pictures : sounds, out, run.bytes(), buffer);
            written += run.bytes();
            counter.written(written, dataStart + media);
        }
        return written;
    }

    private static byte[] brands(Movie movie) {
        return new BoxWriter()
                .box("ftyp", box -> {
                    if (movie.isQuickTime()) {
                        box.fourCc("qt  ").u32(0x200).fourCc("qt  ");
                    } else {
                        box.fourCc("isom").u32(0x200);
                        box.fourCc("isom")
                                .fourCc("iso2")
                                .fourCc("avc1")
                                .fourCc("mp41")
                                .fourCc("mp42");
                    }
                })
                .toByteArray();
    }

    private static void copy(InputStream in, OutputStream out, long bytes, byte[] buffer) throws IOException {
        for (long left = bytes; left > 0; ) {
            int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0) {
                throw new EOFException("A piece is shorter than its index");
            }
            out.write(buffer, 0, got);
            left -= got;
        }
    }
}
