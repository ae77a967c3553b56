package org.everytake.render.sound;

import java.util.ArrayDeque;
import org.everytake.render.Clip;
import org.everytake.render.media.RtpReader;
import org.everytake.render.sound.Resampler.Placed;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RedundantAudio;

/**
 * One clip's sound in session time. What was lost is taken from the copies that later packets carry (RED, RFC 2198), else
 * short losses are concealed, the last packet of one as its successor may help (Opus); longer ones, and stretches in
 * which nothing was sent, are silence. Holds some packets at most. One thread.
 */
final class SoundTrack {
    private static final int LONGEST_CONCEALED = SoundDecoder.MOST_SAMPLES;
    private static final double SAMPLES_PER_NANO = SoundDecoder.RATE / 1e9;

    private Clip clip;
    private final RtpReader packets;
    private final SoundDecoder decoder;
    private final RedundantAudio redundant = new RedundantAudio();
    private final Resampler resampler = new Resampler();
    private Gate gate;
    private final ArrayDeque<Placed> ready = new ArrayDeque<>();
    private final short[] pcm = new short[SoundDecoder.MOST_SAMPLES];

    /** Samples for each tick of a timestamp. */
    private final int scale;

    private long expectedTimestamp = -1;
    private long lastSequence;
    private long concealedSamples;
    private long undecodable;

    SoundTrack(Clip clip, RtpReader packets) {
        this.clip = clip;
        this.packets = packets;
        this.gate = new Gate(clip.shown());
        this.decoder = SoundDecoder.of(clip.format().coding());
        this.scale = Math.max(1, SoundDecoder.RATE / clip.format().clockRate());
    }

    boolean isOf(Clip other) {
        return clip.take() == other.take()
                && clip.stream() == other.stream()
                && clip.format().equals(other.format());
    }

    /** From now on this is what is known of the clip. */
    void follow(Clip newest) {
        clip = newest;
        gate = new Gate(newest.shown());
    }

    /** Adds what is heard from sample {@code start} on; calls must go forwards. */
    void addTo(float[] block, long start) {
        long end = start + block.length;
        boolean more = true;
        while (more && (ready.isEmpty() || ready.getLast().end() < end)) {
            more = decodeNext();
        }
        for (Placed placed : ready) {
            int from = (int) Math.max(0, placed.start() - start);
            int to = (int) Math.clamp(placed.end() - start, 0, block.length);
            int skipped = (int) (start + from - placed.start());
            gate.add(placed.samples(), skipped, to - from, start + from, block, from);
        }
        while (!ready.isEmpty() && ready.getFirst().end() <= end) {
            ready.removeFirst();
        }
    }

    /** How much was made up because packets were lost. */
    long concealedSamples() {
        return concealedSamples;
    }

    /** Packets that no decoder takes. */
    long undecodable() {
        return undecodable;
    }

    /** False if there is no packet, for now or for ever. */
    private boolean decodeNext() {
        if (!packets.next()) {
            return false;
        }
        int length = packets.packet().payloadLength();
        if (length == 0 || !clip.clock().isPlausible(packets.timestamp(), packets.arrivalNanos())) {
            return true;
        }
        byte[] buffer = packets.packet().buffer();
        int offset = packets.packet().payloadOffset();
        try {
            if (packets.isRedundant()) {
                redundant.wrap(buffer, offset, length);
                for (int i = 0; i < redundant.count(); i++) {
                    copy(buffer, i);
                }
            } else {
                frame(packets.timestamp(), buffer, offset, length);
            }
            lastSequence = packets.sequence();
        } catch (Malformed | RuntimeException e) {
            undecodable++; // the network's fault; the decoder's own checks are not all of one kind
        }
        return true;
    }

    private void copy(byte[] buffer, int block) throws Malformed {
        boolean ours = redundant.payloadType(block) == clip.format().payloadType();
        // Before the first packet there is nothing that is missing.
        boolean primary = block == redundant.count() - 1;
        if (ours && redundant.length(block) > 0 && (primary || expectedTimestamp >= 0)) {
            long timestamp = packets.timestamp() - redundant.timestampOffset(block);
            frame(timestamp, buffer, redundant.offset(block), redundant.length(block));
        }
    }

    private void frame(long timestamp, byte[] buffer, int offset, int length) throws Malformed {
        int duration = decoder.duration(buffer, offset, length);
        if (expectedTimestamp >= 0 && timestamp < expectedTimestamp) {
            return; // heard already, or nonsense
        }
        bridge(timestamp, duration, buffer, offset, length);
        int count = decoder.decode(buffer, offset, length, pcm);
        place(timestamp, count);
        expectedTimestamp = timestamp + count / scale;
    }

    /** Fills what is missing before a frame, or says that it does not follow from what was before. */
    private void bridge(long timestamp, int duration, byte[] buffer, int offset, int length) throws Malformed {
        long gap = expectedTimestamp < 0 ? Long.MAX_VALUE : (timestamp - expectedTimestamp) * scale;
        if (gap == 0) {
            return;
        }
        if (gap > LONGEST_CONCEALED || gap % decoder.smallestFrame() != 0 || packets.sequence() == lastSequence + 1) {
            resampler.reset();
            return;
        }
        long at = expectedTimestamp;
        long repaired = Math.min(gap, duration);
        for (long left = gap - repaired; left > 0; left -= duration) {
            int count = (int) Math.min(left, duration);
            place(at, decoder.conceal(pcm, count));
            at += count / scale;
        }
        place(at, decoder.repair(buffer, offset, length, pcm, (int) repaired));
        concealedSamples += gap;
    }

    private void place(long timestamp, int count) {
        long heard = timestamp - decoder.lookAhead() / scale;
        double from = sample(heard);
        double to = sample(heard + count / scale);
        if (count > 0 && to > from) {
            ready.add(resampler.place(pcm, count, from, to));
        }
    }

    private double sample(long timestamp) {
        return clip.clock().sessionNanos(timestamp) * SAMPLES_PER_NANO;
    }
}
