package org.everytake.render.remux;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.everytake.render.Coding;
import org.everytake.render.mp4.AvcConfiguration;
import org.everytake.render.mp4.TimedSamples;
import org.everytake.wire.Malformed;
import org.everytake.wire.av1.Av1Configuration;

/**
 * The pictures of a file: their bytes, as files hold them, go to a piece back to back, and their index stays here. One
 * thread.
 */
final class PictureFile implements PictureLine {
    private final Coding coding;
    private final OutputStream piece;
    private final TimedSamples samples = new TimedSamples();
    private List<byte[]> parameters = List.of();
    private byte[] configuration = new byte[0];

    PictureFile(Coding coding, OutputStream piece) {
        this.coding = coding;
        this.piece = piece;
    }

    @Override
    public void add(long nanos, boolean keyFrame, boolean sent, byte[] coded) throws IOException {
        if (coding == Coding.H264 && !sent && samples.count() == 0) {
            return; // an MP4 says itself when the first is seen, and its size is taken for that of all
        }
        byte[] bytes = switch (coding) {
            case AV1 -> av1(sent, coded);
            case H264 -> h264(keyFrame, sent, coded);
            default -> coded;
        };
        piece.write(bytes);
        samples.add(nanos, bytes.length, keyFrame);
    }

    private byte[] av1(boolean sent, byte[] coded) throws IOException {
        try {
            if (sent && configuration.length == 0) {
                configuration = Av1Configuration.of(coded);
            }
            return Av1Configuration.withoutDelimiter(coded);
        } catch (Malformed e) {
            throw new IOException("A picture that was whole is none: " + e.getMessage(), e);
        }
    }

    /** A sender may give its parameters once, and a dark picture brings others: each key frame has its own. */
    private byte[] h264(boolean keyFrame, boolean sent, byte[] coded) {
        List<byte[]> units = AvcConfiguration.units(coded);
        List<byte[]> own = units.stream().filter(AvcConfiguration::isParameters).toList();
        if (sent && !own.isEmpty()) {
            parameters = own;
            if (configuration.length == 0) {
                configuration = AvcConfiguration.record(own);
            }
        } else if (sent && keyFrame) {
            List<byte[]> all = new ArrayList<>(parameters);
            all.addAll(units);
            units = all;
        }
        return AvcConfiguration.withLengths(units);
    }

    TimedSamples samples() {
        return samples;
    }

    /** What a decoder must know first, of the camera; empty where the codec's pictures say all. */
    byte[] configuration() {
        return configuration;
    }
}
