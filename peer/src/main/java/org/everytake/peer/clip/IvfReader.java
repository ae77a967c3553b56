package org.everytake.peer.clip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Malformed;

/**
 * Reads VP8, VP9 and AV1 from IVF, all little-endian:
 *
 * <pre>
 *  file:   "DKIF" | version (2) | header length (2) | "VP80", "VP90" or "AV01" | width (2) | height (2)
 *          | time base denominator (4) | numerator (4) | frames (4) | unused (4)
 *  frame:  length (4) | time in units of the time base (8) | data
 * </pre>
 */
final class IvfReader {
    private static final int FRAME_HEADER = 12;

    private IvfReader() {}

    static VideoFile read(byte[] file) throws Malformed {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 32 || in.getInt(0) != 0x46494B44) {
            throw new Malformed("IVF", 0, "no IVF");
        }
        Encoding encoding = switch (in.getInt(8)) {
            case 0x30385056 -> Encoding.VP8;
            case 0x30395056 -> Encoding.VP9;
            case 0x31305641 -> Encoding.AV1;
            default -> throw new Malformed("IVF", 8, "neither VP8, VP9 nor AV1");
        };
        KeyFrames keyFrames = new KeyFrames(encoding);
        long denominator = Integer.toUnsignedLong(in.getInt(16));
        long numerator = Integer.toUnsignedLong(in.getInt(20));
        int at = Short.toUnsignedInt(in.getShort(6));
        if (denominator == 0 || numerator == 0 || at < 32) {
            throw new Malformed("IVF", 16, "no time base");
        }
        List<Clip.Unit> frames = new ArrayList<>();
        while (file.length - at >= FRAME_HEADER) {
            int length = in.getInt(at);
            long ticks = in.getLong(at + 4) * Clip.VIDEO_CLOCK * numerator / denominator;
            at += FRAME_HEADER;
            if (length <= 0 || length > file.length - at) {
                throw new Malformed("IVF", at, "frame runs over the end");
            }
            byte[] bytes = Arrays.copyOfRange(file, at, at + length);
            frames.add(new Clip.Unit(ticks, bytes, keyFrames.isKeyFrame(bytes)));
            at += length;
        }
        if (frames.size() < 2) {
            throw new Malformed("IVF", at, "fewer than two frames");
        }
        long first = frames.getFirst().ticks();
        long last = frames.getLast().ticks();
        long frame = Math.round((double) (last - first) / (frames.size() - 1));
        if (first != 0 || frame <= 0) {
            throw new Malformed("IVF", 32, "times do not count up from zero");
        }
        return new VideoFile(encoding, frames, last + frame);
    }
}
