package org.everytake.wire.vp9;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.bytes.ByteWriter;

/**
 * Several VP9 frames as one (VP9 bitstream specification, annex B): behind them stands an index.
 *
 * <pre>
 *  frame, frame, ... | marker | length of each frame, little-endian | marker
 *
 *   0 1 2 3 4 5 6 7
 *  +-+-+-+-+-+-+-+-+
 *  |1 1 0|width|count|  both less one
 *  +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Vp9Superframe {
    /** How many frames there may be. */
    static final int MOST_FRAMES = 8;

    private Vp9Superframe() {}

    /** Of the layers of a picture from the lowest on, one to eight. */
    public static byte[] of(List<byte[]> frames) {
        ByteWriter out = new ByteWriter();
        frames.forEach(frame -> out.bytes(frame, 0, frame.length));
        if (frames.size() > 1) {
            writeIndex(out, frames.stream().mapToInt(frame -> frame.length).toArray(), frames.size());
        }
        return out.toBytes();
    }

    /** The frames of a superframe; of anything else that itself. */
    static List<byte[]> split(byte[] bytes) {
        int marker = bytes.length == 0 ? 0 : bytes[bytes.length - 1] & 0xFF;
        int width = (marker >>> 3 & 3) + 1;
        int count = (marker & 7) + 1;
        int indexAt = bytes.length - 2 - width * count;
        if (marker >>> 5 != 6 || indexAt < 0 || (bytes[indexAt] & 0xFF) != marker) {
            return List.of(bytes);
        }
        List<byte[]> frames = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            long length = 0;
            for (int j = 0; j < width; j++) {
                length |= (bytes[indexAt + 1 + i * width + j] & 0xFFL) << 8 * j;
            }
            if (length == 0 || length > indexAt - from) {
                return List.of(bytes);
            }
            frames.add(Arrays.copyOfRange(bytes, from, from + (int) length));
            from += (int) length;
        }
        return frames;
    }

    /** Writes the index behind the frames. */
    static void writeIndex(ByteWriter out, int[] lengths, int count) {
        int longest = Arrays.stream(lengths, 0, count).max().orElseThrow();
        int width = (39 - Integer.numberOfLeadingZeros(longest)) / 8;
        int marker = 0xC0 | width - 1 << 3 | count - 1;
        out.u8(marker);
        for (int frame = 0; frame < count; frame++) {
            for (int i = 0; i < width; i++) {
                out.u8(lengths[frame] >>> 8 * i);
            }
        }
        out.u8(marker);
    }
}
