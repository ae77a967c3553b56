package org.everytake.render.material;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** VP8 frames at 30 a second, made by FFmpeg: one colour, with three white frames each 31, a key frame each 2 s. */
public final class VideoClip {
    private static final Map<String, VideoClip> MADE = new ConcurrentHashMap<>();

    private final List<byte[]> frames;

    private VideoClip(List<byte[]> frames) {
        this.frames = frames;
    }

    public static VideoClip flashes(String colour, int width, int height) {
        return MADE.computeIfAbsent(
                colour + width + "x" + height,
                key -> of("color=c=" + colour + ":s=" + width + "x" + height
                        + ":r=30,drawbox=x=0:y=0:w=iw:h=ih:c=white:t=fill:enable='lt(mod(n,31),3)'"));
    }

    /** A clip whose picture changes its size after so many frames, as a camera does that is turned. */
    public static VideoClip turning(String colour, int width, int height, int after) {
        VideoClip upright = flashes(colour, width, height);
        VideoClip across = flashes(colour, height, width);
        List<byte[]> frames = new ArrayList<>(upright.frames.subList(0, after));
        frames.addAll(across.frames.subList(after, across.frames.size()));
        return new VideoClip(frames);
    }

    /** What starts as VP8 frames do and is noise. */
    public static VideoClip garbage() {
        List<byte[]> frames = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            byte[] frame = new byte[500];
            new Random(n).nextBytes(frame);
            byte[] head = {0x10, 0x02, 0x00, (byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xb4, 0x00};
            System.arraycopy(head, 0, frame, 0, head.length);
            frames.add(frame);
        }
        return new VideoClip(frames);
    }

    /** Frames with nothing in them but their heads, for tests that are about plans. */
    public static VideoClip heads(int width, int height) {
        List<byte[]> frames = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            frames.add(
                    n > 0
                            ? new byte[] {0x11, 0, 0, 0}
                            : new byte[] {
                                0x10,
                                0,
                                0,
                                (byte) 0x9d,
                                1,
                                0x2a,
                                (byte) width,
                                (byte) (width >> 8),
                                (byte) height,
                                (byte) (height >> 8),
                                0
                            });
        }
        return new VideoClip(frames);
    }

    double framesPerSecond() {
        return 30;
    }

    byte[] frame(long n) {
        return frames.get((int) (n % frames.size()));
    }

    /** Any picture of one of the sources of FFmpeg. */
    public static VideoClip of(String source) {
        try {
            Path cached = Path.of("target", "clips", Integer.toHexString(source.hashCode()) + ".ivf");
            byte[] ivf = Files.exists(cached) ? Files.readAllBytes(cached) : encode(source);
            Files.createDirectories(cached.getParent());
            Files.write(cached, ivf);
            ByteBuffer in = ByteBuffer.wrap(ivf).order(ByteOrder.LITTLE_ENDIAN).position(32);
            List<byte[]> frames = new ArrayList<>();
            while (in.remaining() >= 12) {
                int length = in.getInt();
                in.getLong();
                frames.add(Arrays.copyOfRange(ivf, in.position(), in.position() + length));
                in.position(in.position() + length);
            }
            return new VideoClip(frames);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encode(String source) throws IOException {
        return Tools.run(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                source,
                "-frames:v",
                "310",
                "-c:v",
                "libvpx",
                "-deadline",
                "realtime",
                "-cpu-used",
                "16",
                "-lag-in-frames",
                "0",
                "-auto-alt-ref",
                "0",
                "-b:v",
                "500k",
                "-g",
                "60",
                "-keyint_min",
                "60",
                "-f",
                "ivf",
                "pipe:1");
    }
}
