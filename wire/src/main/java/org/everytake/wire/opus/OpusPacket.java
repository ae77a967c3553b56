package org.everytake.wire.opus;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;

/**
 * What an Opus packet says of itself (RFC 6716, section 3.1 and 3.2).
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+    config: mode, bandwidth and duration of a frame; s: stereo
 * | config  |s| c |    c: 0 one frame, 1 two of equal length, 2 two, 3 a count in the next byte:
 * +-+-+-+-+-+-+-+-+
 * |v|p|     M     |    v: lengths vary, p: padding, M: frames
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param config 0 to 31
 * @param channels 1 or 2
 * @param frames 1 to 48
 * @param samplesPerFrame at 48 kHz: 120, 240, 480, 960, 1920 or 2880
 */
public record OpusPacket(int config, int channels, int frames, int samplesPerFrame) {
    /** 120 ms at 48 kHz: no packet may last longer. */
    public static final int MAX_SAMPLES = 5760;

    private static final String WHAT = "Opus packet";

    /** Which coders a packet uses. */
    public enum Mode {
        SILK,
        HYBRID,
        CELT
    }

    /** Reads the head of a packet; the frames themselves are not looked at. */
    public static OpusPacket parse(byte[] buffer, int offset, int length) throws Malformed {
        if (length < 1) {
            throw new Malformed(WHAT, 0, "empty");
        }
        int toc = Bytes.u8(buffer, offset);
        int frames = switch (toc & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> {
                if (length < 2) {
                    throw new Malformed(WHAT, 1, "count of frames is cut off");
                }
                yield Bytes.u8(buffer, offset + 1) & 0x3F;
            }
        };
        int samplesPerFrame = samplesPerFrame(toc >>> 3);
        if (frames == 0 || frames * samplesPerFrame > MAX_SAMPLES) {
            throw new Malformed(WHAT, 1, "lasts not at all or longer than 120 ms");
        }
        if ((toc & 3) == 1 && (length & 1) == 0) {
            throw new Malformed(WHAT, 0, "two frames of equal length in an odd number of bytes");
        }
        return new OpusPacket(toc >>> 3, (toc & 4) != 0 ? 2 : 1, frames, samplesPerFrame);
    }

    /** Length of the packet's sound at 48 kHz, which is also the clock of its RTP timestamps (RFC 7587). */
    public int durationSamples() {
        return frames * samplesPerFrame;
    }

    public Mode mode() {
        return config < 12 ? Mode.SILK : config < 16 ? Mode.HYBRID : Mode.CELT;
    }

    private static int samplesPerFrame(int config) {
        if (config < 12) {
            return switch (config & 3) {
                case 0 -> 480;
                case 1 -> 960;
                case 2 -> 1920;
                default -> 2880;
            };
        }
        if (config < 16) {
            return (config & 1) == 0 ? 480 : 960;
        }
        return 120 << (config & 3);
    }
}
