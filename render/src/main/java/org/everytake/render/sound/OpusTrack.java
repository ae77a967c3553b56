package org.everytake.render.sound;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.ArrayDeque;
import org.everytake.render.Clip;
import org.everytake.render.media.RtpReader;
import org.everytake.render.sound.Resampler.Placed;
import org.everytake.wire.Malformed;
import org.everytake.wire.opus.OpusPacket;
import org.everytake.wire.rtp.RtpPacket;

/**
 * One clip's sound in session time. Short losses are concealed, the last packet of one from the copy that its successor
 * carries (RFC 6716 section 2.1.7); longer ones, and stretches in which nothing was sent, are silence. Holds some
 * packets at most. One thread.
 */
final class OpusTrack {
    static final int RATE = 48_000;

    /**
     * What comes out of a decoder lags behind what went into the encoder by its look-ahead: 2.5 ms of overlap and 4 ms
     * to align its two coders (libopus, {@code OPUS_GET_LOOKAHEAD}). A timestamp is that of what went in.
     */
    private static final int LOOK_AHEAD = 312;

    private static final int LONGEST_CONCEALED = 5760;
    private static final int SMALLEST_FRAME = 120;
    private static final double SAMPLES_PER_NANO = RATE / 1e9;

    private final Clip clip;
    private final RtpReader packets;
    private final OpusDecoder decoder;
    private final Resampler resampler = new Resampler();
    private final Gate gate;
    private final ArrayDeque<Placed> ready = new ArrayDeque<>();
    private final short[] pcm = new short[OpusPacket.MAX_SAMPLES];
    private long expectedTimestamp = -1;
    private long lastSequence;
    private boolean ended;
    private long concealedSamples;
    private long undecodable;

    OpusTrack(Clip clip, RtpReader packets) {
        this.clip = clip;
        this.packets = packets;
        this.gate = new Gate(clip.shown());
        try {
            this.decoder = new OpusDecoder(RATE, 1);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds what is heard from sample {@code start} on; calls must go forwards. */
    void addTo(float[] block, long start) {
        long end = start + block.length;
        while (!ended && (ready.isEmpty() || ready.getLast().end() < end)) {
            decodeNext();
        }
        for (Placed placed : ready) {
            int from = (int) Math.max(0, placed.start() - start);
            int to = (int) Math.clamp(placed.end() - start, 0, block.length);
            for (int i = from; i < to; i++) {
                block[i] += placed.samples()[(int) (start + i - placed.start())] * gate.at(start + i);
            }
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

    private void decodeNext() {
        if (!packets.next()) {
            ended = true;
            return;
        }
        RtpPacket packet = packets.packet();
        if (packet.payloadLength() == 0 || !clip.clock().isPlausible(packets.timestamp(), packets.arrivalNanos())) {
            return;
        }
        try {
            int duration = OpusPacket.parse(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                    .durationSamples();
            if (expectedTimestamp >= 0 && packets.timestamp() < expectedTimestamp) {
                return; // heard already, or nonsense
            }
            bridge(packet, duration);
            int count = decoder.decode(
                    packet.buffer(), packet.payloadOffset(), packet.payloadLength(), pcm, 0, pcm.length, false);
            place(packets.timestamp(), count);
            expectedTimestamp = packets.timestamp() + count;
            lastSequence = packets.sequence();
        } catch (Malformed | OpusException | RuntimeException e) {
            undecodable++; // the network's fault; the decoder's own checks are not all of one kind
        }
    }

    /** Fills what is missing before a packet, or says that it does not follow from what was before. */
    private void bridge(RtpPacket packet, int duration) throws OpusException {
        long gap = expectedTimestamp < 0 ? Long.MAX_VALUE : packets.timestamp() - expectedTimestamp;
        if (gap == 0) {
            return;
        }
        if (gap > LONGEST_CONCEALED || gap % SMALLEST_FRAME != 0 || packets.sequence() == lastSequence + 1) {
            resampler.reset();
            return;
        }
        long at = expectedTimestamp;
        long repaired = Math.min(gap, duration);
        for (long left = gap - repaired; left > 0; left -= duration) {
            int count = (int) Math.min(left, duration);
            place(at, decoder.decode(null, 0, 0, pcm, 0, count, false));
            at += count;
        }
        place(
                at,
                decoder.decode(
                        packet.buffer(), packet.payloadOffset(), packet.payloadLength(), pcm, 0, (int) repaired, true));
        concealedSamples += gap;
    }

    private void place(long timestamp, int count) {
        double from = sample(timestamp - LOOK_AHEAD);
        double to = sample(timestamp - LOOK_AHEAD + count);
        if (count > 0 && to > from) {
            ready.add(resampler.place(pcm, count, from, to));
        }
    }

    private double sample(long timestamp) {
        return clip.clock().sessionNanos(timestamp) * SAMPLES_PER_NANO;
    }
}
