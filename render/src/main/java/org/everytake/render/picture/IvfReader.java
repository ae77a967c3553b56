package org.everytake.render.picture;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;
import org.everytake.render.Coding;
import org.everytake.render.mp4.VideoSamples;
import org.everytake.wire.Malformed;
import org.everytake.wire.av1.Av1Configuration;

/**
 * Reads pictures as {@link IvfWriter} has them, out of an encoder for WebM: they go on to a piece, back to back and as
 * files hold them, and their index stays here. Each is shown in its turn. Used once, by one thread.
 */
final class IvfReader {
    private static final int FILE_HEAD = 32;
    private static final int FRAME_HEAD = 12;
    private static final int COUNTED_EACH = 25;

    /** More than any picture that a composite has. */
    private static final int MOST_BYTES = 64 << 20;

    private final Coding coding;
    private final DataInputStream in;
    private final OutputStream pictures;
    private final IntConsumer counted;

    /** @param counted hears the number of pictures so far, now and then */
    IvfReader(Coding coding, InputStream in, OutputStream pictures, IntConsumer counted) {
        this.coding = coding;
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.pictures = pictures;
        this.counted = counted;
    }

    /** Reads to the end of the stream. */
    VideoSamples read() throws IOException {
        in.skipNBytes(FILE_HEAD);
        VideoSamples samples = new VideoSamples();
        byte[] head = new byte[FRAME_HEAD];
        for (int got = in.readNBytes(head, 0, FRAME_HEAD);
                got == FRAME_HEAD;
                got = in.readNBytes(head, 0, FRAME_HEAD)) {
            int length = (head[3] & 0xFF) << 24 | (head[2] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[0] & 0xFF;
            if (length < 1 || length > MOST_BYTES) {
                throw new IOException("A picture of " + length + " bytes from FFmpeg");
            }
            byte[] picture = in.readNBytes(length);
            if (picture.length < length) {
                throw new EOFException("A picture is cut off");
            }
            add(samples, picture);
        }
        counted.accept(samples.count());
        return samples;
    }

    private void add(VideoSamples samples, byte[] coded) throws IOException {
        try {
            byte[] picture = coding == Coding.AV1 ? Av1Configuration.withoutDelimiter(coded) : coded;
            byte[] configuration = coding == Coding.AV1 ? Av1Configuration.of(coded) : new byte[0];
            samples.add(picture.length, isKey(coded, configuration), samples.count());
            if (samples.count() == 1) {
                samples.decoderConfiguration(configuration);
            }
            pictures.write(picture);
        } catch (Malformed e) {
            throw new IOException("FFmpeg wrote no " + coding + ": " + e.getMessage(), e);
        }
        if (samples.count() % COUNTED_EACH == 0) {
            counted.accept(samples.count());
        }
    }

    /**
     * As the encoders that we ask tell it: the first bit of VP8 (RFC 6386, section 9.1); frame type and "shows an earlier
     * one" of VP9 in profile 0 (section 6.2); a sequence header before each key frame of AV1.
     */
    private boolean isKey(byte[] picture, byte[] configuration) {
        return switch (coding) {
            case VP8 -> (picture[0] & 0x01) == 0;
            case VP9 -> (picture[0] & 0x0C) == 0;
            default -> configuration.length > 0;
        };
    }
}
