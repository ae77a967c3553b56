package org.everytake.peer.clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Malformed;

/**
 * Reads H.264 from a stream of bytes (ITU-T H.264, annex B) in which each picture begins with an access unit delimiter:
 *
 * <pre>
 *  00 00 00 01 09 | ... | 00 00 00 01 09 | ...
 * </pre>
 */
final class AnnexBReader {
    private static final int DELIMITER = 9;

    private AnnexBReader() {}

    /**
     * @param framesPerSecond which the stream does not say
     */
    static VideoFile read(byte[] file, int framesPerSecond) throws Malformed {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 4 < file.length; i++) {
            if (file[i] == 0
                    && file[i + 1] == 0
                    && file[i + 2] == 0
                    && file[i + 3] == 1
                    && type(file[i + 4]) == DELIMITER) {
                starts.add(i);
            }
        }
        KeyFrames keyFrames = new KeyFrames(Encoding.H264);
        long ticks = Clip.VIDEO_CLOCK / framesPerSecond;
        List<Clip.Unit> frames = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int to = i + 1 < starts.size() ? starts.get(i + 1) : file.length;
            byte[] frame = Arrays.copyOfRange(file, starts.get(i), to);
            frames.add(new Clip.Unit(i * ticks, frame, keyFrames.isKeyFrame(frame)));
        }
        return new VideoFile(Encoding.H264, frames, frames.size() * ticks);
    }

    private static int type(byte head) {
        return head & 0x1F;
    }
}
