package org.everytake.render.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.everytake.render.Clip;
import org.everytake.render.Voice;
import org.everytake.render.media.RtpReader;
import org.everytake.render.media.TapeReader;

/**
 * Mixes voices to one channel of signed 16 bits at 48 kHz, from session zero on. Runs through the tape once with some
 * packets of each voice in memory. One thread.
 */
public final class Mixer {
    private static final int BLOCKS_PER_WRITE = 40;

    private final List<SoundTrack> tracks = new ArrayList<>();

    public Mixer(List<Voice> voices, TapeReader tape) {
        for (Voice voice : voices) {
            for (Clip clip : voice.clips()) {
                tracks.add(
                        new SoundTrack(clip, new RtpReader(tape.records(clip.take(), clip.stream()), clip.format())));
            }
        }
    }

    /**
     * Writes so many samples, little-endian.
     *
     * @param mixed hears how many are written
     */
    public void write(OutputStream out, long samples, LongConsumer mixed) throws IOException {
        Limiter limiter = new Limiter();
        float[] block = new float[Limiter.BLOCK];
        short[] limited = new short[Limiter.BLOCK];
        byte[] bytes = new byte[2 * Limiter.BLOCK * BLOCKS_PER_WRITE];
        int filled = 0;
        limiter.next(sum(block, 0), limited); // one block ahead
        for (long at = 0; at < samples; at += Limiter.BLOCK) {
            limiter.next(sum(block, at + Limiter.BLOCK), limited);
            int count = (int) Math.min(Limiter.BLOCK, samples - at);
            for (int i = 0; i < count; i++) {
                bytes[filled++] = (byte) limited[i];
                bytes[filled++] = (byte) (limited[i] >> 8);
            }
            if (filled == bytes.length || at + count == samples) {
                out.write(bytes, 0, filled);
                filled = 0;
                mixed.accept(at + count);
            }
        }
    }

    /** Samples that were made up because packets were lost, of all voices. */
    public long concealedSamples() {
        return tracks.stream().mapToLong(SoundTrack::concealedSamples).sum();
    }

    /** Packets that no decoder takes, of all voices. */
    public long undecodable() {
        return tracks.stream().mapToLong(SoundTrack::undecodable).sum();
    }

    private float[] sum(float[] block, long start) {
        Arrays.fill(block, 0);
        for (SoundTrack track : tracks) {
            track.addTo(block, start);
        }
        return block;
    }
}
