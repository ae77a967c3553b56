package org.everytake.wire.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Coded pictures made by FFmpeg: 40 of a moving test card, a key frame each 16, made once. */
public final class Bitstreams {
    public static final int WIDTH = 322;
    public static final int HEIGHT = 182;
    private static final Map<VideoCodec, List<byte[]>> MADE = new ConcurrentHashMap<>();

    private Bitstreams() {}

    public static List<byte[]> of(VideoCodec codec) {
        return MADE.computeIfAbsent(codec, c -> switch (c) {
            case VP8 -> ivf("libvpx -deadline realtime -cpu-used 16 -lag-in-frames 0 -auto-alt-ref 0 -f ivf");
            case VP9 -> ivf("libvpx-vp9 -deadline realtime -cpu-used 8 -lag-in-frames 0 -f ivf");
            case AV1 -> ivf("libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -f ivf");
            case H264 ->
                accessUnits("libx264 -preset ultrafast -tune zerolatency -bsf:v h264_metadata=aud=insert -f h264");
        });
    }

    private static List<byte[]> ivf(String encoder) {
        byte[] file = encode(encoder);
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(32);
        List<byte[]> frames = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = in.getInt();
            int from = in.position() + 8;
            frames.add(Arrays.copyOfRange(file, from, from + length));
            in.position(from + length);
        }
        return frames;
    }

    /** Cut before each access unit delimiter, which is left out; every start code made four bytes long. */
    private static List<byte[]> accessUnits(String encoder) {
        byte[] file = encode(encoder);
        List<byte[]> frames = new ArrayList<>();
        List<byte[]> units = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= file.length; i++) {
            boolean code = i + 3 < file.length && file[i] == 0 && file[i + 1] == 0 && file[i + 2] == 1;
            if (!code && i < file.length) {
                continue;
            }
            if (from >= 0) {
                int to = file[i - 1] == 0 ? i - 1 : i;
                if ((file[from] & 0x1F) == 9) {
                    join(units, frames);
                } else {
                    units.add(Arrays.copyOfRange(file, from, to));
                }
            }
            from = i + 3;
        }
        join(units, frames);
        return frames;
    }

    private static void join(List<byte[]> units, List<byte[]> frames) {
        int length = units.stream().mapToInt(unit -> unit.length + 4).sum();
        ByteBuffer frame = ByteBuffer.allocate(length);
        units.forEach(unit -> frame.putInt(1).put(unit));
        if (length > 0) {
            frames.add(frame.array());
        }
        units.clear();
    }

    private static byte[] encode(String encoder) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i"));
        command.add("testsrc=s=" + WIDTH + "x" + HEIGHT + ":r=30");
        command.addAll(List.of("-frames:v", "40", "-g", "16", "-b:v", "400k", "-pix_fmt", "yuv420p", "-c:v"));
        command.addAll(List.of(encoder.split(" ")));
        command.add("pipe:1");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] out = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("failed: " + command);
            }
            return out;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
