package org.everytake.render.material;

import java.io.ByteArrayOutputStream;
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
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.video.Packetizer;
import org.everytake.wire.vp9.Vp9Packetizer;

/** Coded frames at 30 a second, made by FFmpeg: one colour, with three white frames each 31, a key frame each 2 s. */
public class VideoClip {
    private static final Map<String, VideoClip> MADE = new ConcurrentHashMap<>();

    private final String codec;
    private final List<byte[]> frames;

    private VideoClip(List<byte[]> frames) {
        this("VP8", frames);
    }

    private VideoClip(String codec, List<byte[]> frames) {
        this.codec = codec;
        this.frames = frames;
    }

    public static VideoClip flashes(String colour, int width, int height) {
        return flashes(VideoCodec.VP8, colour, width, height);
    }

    public static VideoClip flashes(VideoCodec codec, String colour, int width, int height) {
        return MADE.computeIfAbsent(
                codec + colour + width + "x" + height,
                key -> of(
                        codec,
                        "color=c=" + colour + ":s=" + width + "x" + height
                                + ":r=30,drawbox=x=0:y=0:w=iw:h=ih:c=white:t=fill:enable='lt(mod(n,31),3)'"));
    }

    /** One colour, and every frame a key frame. */
    public static VideoClip still(VideoCodec codec, String colour, int width, int height) {
        return of(codec, "color=c=" + colour + ":s=" + width + "x" + height + ":r=30", 1);
    }

    /** A picture whose left half has one colour and whose right half another. */
    public static VideoClip halves(VideoCodec codec, String left, String right, int width, int height) {
        return of(
                codec,
                "color=c=" + left + ":s=" + width + "x" + height + ":r=30,drawbox=x=iw/2:y=0:w=iw/2:h=ih:c=" + right
                        + ":t=fill");
    }

    /** The same with noise in place of what follows the head of each frame. */
    public VideoClip spoilt() {
        Random random = new Random(7);
        List<byte[]> spoilt = new ArrayList<>();
        for (byte[] frame : frames) {
            byte[] noise = frame.clone();
            for (int i = Math.min(24, noise.length / 2); i < noise.length; i++) {
                noise[i] = (byte) random.nextInt(256);
            }
            spoilt.add(noise);
        }
        return new VideoClip(codec, spoilt);
    }

    /** What nothing here decodes. */
    public static VideoClip foreign() {
        return new VideoClip("H265", List.of(new byte[] {0x40, 1, 2, 3}));
    }

    /** Pictures of two spatial layers, which this and a larger clip of VP9 show; both must have key frames only. */
    public VideoClip below(VideoClip larger) {
        return new VideoClip(codec, frames) {
            @Override
            Packetizer packetizer(int maxPayloadLength) {
                Vp9Packetizer packetizer = new Vp9Packetizer(maxPayloadLength, 100);
                return frame -> packetizer.packetizeLayers(List.of(frame, larger.frame(frames.indexOf(frame))));
            }
        };
    }

    /** H.264 whose parameter sets come with its very first picture only, as some cameras have it. */
    public static VideoClip describedOnce(String colour, int width, int height) {
        VideoClip each = flashes(VideoCodec.H264, colour, width, height);
        return new VideoClip(each.codec, each.frames) {
            @Override
            byte[] frame(long n) {
                return n == 0 ? super.frame(0) : withoutParameters(super.frame(n));
            }
        };
    }

    private static byte[] withoutParameters(byte[] accessUnit) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int from = 0, to; from < accessUnit.length; from = to) {
            int unit = accessUnit[from + 2] == 1 ? from + 3 : from + 4;
            to = unit;
            while (to < accessUnit.length && !isStartCode(accessUnit, to)) {
                to++;
            }
            int type = accessUnit[unit] & 0x1F;
            if (type != 7 && type != 8) {
                kept.write(accessUnit, from, to - from);
            }
        }
        return kept.toByteArray();
    }

    private static boolean isStartCode(byte[] b, int at) {
        return at + 3 < b.length
                && b[at] == 0
                && b[at + 1] == 0
                && (b[at + 2] == 1 || b[at + 2] == 0 && b[at + 3] == 1);
    }

    int payloadType() {
        return Script.payloadType(codec);
    }

    Packetizer packetizer(int maxPayloadLength) {
        return VideoCodec.of(codec)
                .map(known -> known.packetizer(maxPayloadLength, 100))
                .orElse(List::of);
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
        return of(VideoCodec.VP8, source);
    }

    /** As {@link #of(String)}, in any codec. */
    public static VideoClip of(VideoCodec codec, String source) {
        return of(codec, source, 60);
    }

    private static VideoClip of(VideoCodec codec, String source, int keyFrameEvery) {
        try {
            String name = codec.name() + keyFrameEvery + Integer.toHexString(source.hashCode());
            Path cached = Path.of("target", "clips", name);
            byte[] coded = Files.exists(cached) ? Files.readAllBytes(cached) : encode(codec, source, keyFrameEvery);
            Files.createDirectories(cached.getParent());
            Files.write(cached, coded);
            return new VideoClip(codec.name(), codec == VideoCodec.H264 ? accessUnits(coded) : ivf(coded));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> ivf(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(32);
        List<byte[]> frames = new ArrayList<>();
        while (in.remaining() >= 12) {
            int length = in.getInt();
            in.getLong();
            frames.add(Arrays.copyOfRange(file, in.position(), in.position() + length));
            in.position(in.position() + length);
        }
        return frames;
    }

    /** Cut before each access unit delimiter. */
    private static List<byte[]> accessUnits(byte[] file) {
        List<byte[]> frames = new ArrayList<>();
        int from = 0;
        for (int i = 1; i + 4 < file.length; i++) {
            if (file[i] == 0 && file[i + 1] == 0 && file[i + 2] == 0 && file[i + 3] == 1 && file[i + 4] == 9) {
                frames.add(Arrays.copyOfRange(file, from, i));
                from = i;
            }
        }
        frames.add(Arrays.copyOfRange(file, from, file.length));
        return frames;
    }

    private static byte[] encode(VideoCodec codec, String source, int keyFrameEvery) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i"));
        command.addAll(List.of(source, "-frames:v", "310", "-pix_fmt", "yuv420p", "-b:v", "500k"));
        String every = String.valueOf(keyFrameEvery);
        command.addAll(List.of("-g", every, "-keyint_min", every, "-c:v"));
        String encoder = switch (codec) {
            case VP8 -> "libvpx -deadline realtime -cpu-used 16 -lag-in-frames 0 -auto-alt-ref 0 -f ivf";
            case VP9 -> "libvpx-vp9 -deadline realtime -cpu-used 8 -lag-in-frames 0 -f ivf";
            case AV1 -> "libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -f ivf";
            case H264 ->
                "libx264 -preset ultrafast -tune zerolatency -sc_threshold 0 -bsf:v"
                        + " h264_metadata=aud=insert -f h264";
        };
        command.addAll(List.of(encoder.split(" ")));
        command.add("pipe:1");
        return Tools.run(command.toArray(String[]::new));
    }
}
