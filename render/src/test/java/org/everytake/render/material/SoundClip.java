package org.everytake.render.material;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Opus packets of 20 ms: a beep of 100 ms each 31 frames of a 30 fps picture, or a steady tone. */
public final class SoundClip {
    private static final int RATE = 48_000;
    private static final int PACKET = 960;
    /** 31 frames at 30 frames a second. */
    private static final int PERIOD = RATE * 31 / 30;

    private final String codec;
    private final int ticks;
    private final List<byte[]> packets;

    private SoundClip(List<byte[]> packets) {
        this("opus", PACKET, packets);
    }

    private SoundClip(String codec, int ticks, List<byte[]> packets) {
        this.codec = codec;
        this.ticks = ticks;
        this.packets = packets;
    }

    /** The beeps as a telephone has them, in {@code PCMU} or {@code PCMA}. */
    public static SoundClip telephone(String codec, double pitchHz, double seconds) throws IOException {
        byte[] coded = Tools.run(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs=if(lt(mod(t\\,31/30)\\,0.1)\\,0.6*sin(2*PI*" + pitchHz + "*t)\\,0):s=8000:d=" + seconds,
                "-f",
                codec.equals("PCMU") ? "mulaw" : "alaw",
                "pipe:1");
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at + 160 <= coded.length; at += 160) {
            packets.add(Arrays.copyOfRange(coded, at, at + 160));
        }
        return new SoundClip(codec, 160, packets);
    }

    /** Packets of Opus that say they hold frames and hold none, which RFC 6716 (section 3.2.5) forbids. */
    public static SoundClip broken() {
        return new SoundClip(List.of(new byte[] {(byte) 0xFF, 0}));
    }

    /** What nothing here decodes. */
    public static SoundClip foreign() {
        return new SoundClip("G722", 160, List.of(new byte[160]));
    }

    int payloadType() {
        return Script.payloadType(codec);
    }

    /** How long a packet of 20 ms is by the clock of its timestamps. */
    int ticks() {
        return ticks;
    }

    public static SoundClip beeps(double pitchHz, double seconds) {
        return encode(seconds, i -> i % PERIOD < RATE / 10 ? 0.6 * Math.sin(2 * Math.PI * pitchHz * i / RATE) : 0);
    }

    public static SoundClip tone(double pitchHz, double level, double seconds) {
        return encode(seconds, i -> level * Math.sin(2 * Math.PI * pitchHz * i / RATE));
    }

    /** Packets with nothing in them, for tests that are about plans. */
    public static SoundClip heads() {
        return new SoundClip(List.of(new byte[] {(byte) 0xF8, 0, 0}));
    }

    byte[] packet(long n) {
        return packets.get((int) (n % packets.size()));
    }

    private static SoundClip encode(double seconds, LongToDoubleFunction wave) {
        try {
            OpusEncoder encoder = new OpusEncoder(RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            encoder.setBitrate(48_000);
            encoder.setUseInbandFEC(true);
            encoder.setPacketLossPercent(10);
            List<byte[]> packets = new ArrayList<>();
            byte[] out = new byte[1500];
            for (int n = 0; n < seconds * RATE / PACKET; n++) {
                short[] pcm = new short[PACKET];
                for (int i = 0; i < PACKET; i++) {
                    pcm[i] = (short) (32_767 * wave.applyAsDouble((long) n * PACKET + i));
                }
                packets.add(Arrays.copyOf(out, encoder.encode(pcm, 0, PACKET, out, 0, out.length)));
            }
            return new SoundClip(packets);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }
}
