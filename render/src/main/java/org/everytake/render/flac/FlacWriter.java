package org.everytake.render.flac;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.everytake.render.RenderPlan;
import org.everytake.render.Voice;

/**
 * Writes a finished FLAC strictly forwards (RFC 9639): stream information that says how long it is, a tag, frames.
 *
 * <pre>
 *  "fLaC" | blocks: 0 type, 0x80 in the last | 1 length (24 bits) | what it holds
 *  stream information: 0 samples of a frame, least and most (16 bits each) | 4 bytes of a frame, least and most (24 each) |
 *  10 samples a second (20 bits), channels - 1 (3), bits - 1 (5), samples (36) | 18 MD5 of the samples, or zeros
 * </pre>
 */
public final class FlacWriter {
    private static final int STREAM_INFO = 0;
    private static final int LAST_TAG = 0x80 | 4;
    private static final int FRAME_SIZES = 4;
    private static final int FORMAT = 10;
    private static final long SAMPLES_MASK = 0xF_FFFF_FFFFL;

    private FlacWriter() {}

    /**
     * @param sounds the frames, back to back
     * @return the size of the file
     */
    public static long write(OutputStream out, RenderPlan plan, FlacFrames frames, InputStream sounds)
            throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
        block(head, STREAM_INFO, streamInfo(frames, plan.samples()));
        block(head, LAST_TAG, tag(plan));
        head.writeTo(out);
        long copied = sounds.transferTo(out);
        if (copied != frames.bytes()) {
            throw new IOException("A piece has " + copied + " bytes where " + frames.bytes() + " were written");
        }
        return head.size() + copied;
    }

    private static void block(ByteArrayOutputStream out, int type, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(type << 24 | bytes.length).array());
        out.writeBytes(bytes);
    }

    private static byte[] streamInfo(FlacFrames frames, long samples) {
        ByteBuffer info = ByteBuffer.wrap(frames.streamInfo().clone());
        info.position(FRAME_SIZES);
        info.put((byte) (frames.smallest() >> 16)).putShort((short) frames.smallest());
        info.put((byte) (frames.largest() >> 16)).putShort((short) frames.largest());
        info.putLong(FORMAT, info.getLong(FORMAT) & ~SAMPLES_MASK | samples & SAMPLES_MASK);
        return info.array();
    }

    /** Title and who is heard (a Vorbis comment, little-endian: RFC 9639, section 8.6). */
    private static byte[] tag(RenderPlan plan) {
        List<String> comments = new ArrayList<>();
        comments.add("TITLE=" + plan.title());
        comments.add("ARTIST=" + plan.voices().stream().map(Voice::name).collect(Collectors.joining(", ")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, "Everytake");
        out.writeBytes(little(comments.size()));
        comments.forEach(comment -> text(out, comment));
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] coded = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(little(coded.length));
        out.writeBytes(coded);
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
