package org.everytake.render.remux;

import java.io.IOException;
import java.util.List;
import org.everytake.render.Clip;
import org.everytake.render.Coding;
import org.everytake.render.media.RtpReader;
import org.everytake.render.media.TapeReader;
import org.everytake.wire.Malformed;
import org.everytake.wire.opus.OpusPacket;
import org.everytake.wire.rtp.RedundantAudio;

/**
 * Puts the Opus packets of a person's clips into a {@link SoundLine}, each where the sender's clock says. What was lost and
 * came again in a later packet (RED, RFC 2198) is there; what was said while the microphone was muted is not. One thread.
 */
final class SentSound {
    private final TapeReader tape;
    private final SoundLine line;
    private final Pace pace;
    private final RedundantAudio redundant = new RedundantAudio();
    private long expectedTimestamp;
    private long undecodable;

    SentSound(TapeReader tape, SoundLine line, Pace pace) {
        this.tape = tape;
        this.line = line;
        this.pace = pace;
    }

    void add(List<Clip> clips) throws IOException {
        for (Clip clip : clips) {
            if (clip.format().coding() == Coding.OPUS) {
                add(clip);
            }
        }
    }

    /** Packets that are no Opus. */
    long undecodable() {
        return undecodable;
    }

    private void add(Clip clip) throws IOException {
        RtpReader packets = new RtpReader(tape.records(clip.take(), clip.stream()), clip.format());
        expectedTimestamp = -1;
        while (packets.next()) {
            pace.step();
            try {
                packet(clip, packets);
            } catch (Malformed unusable) {
                undecodable++; // the network's fault: as good as lost
            }
        }
    }

    private void packet(Clip clip, RtpReader packets) throws IOException, Malformed {
        if (packets.packet().payloadLength() == 0
                || !clip.clock().isPlausible(packets.timestamp(), packets.arrivalNanos())) {
            return;
        }
        byte[] buffer = packets.packet().buffer();
        int offset = packets.packet().payloadOffset();
        int length = packets.packet().payloadLength();
        if (!packets.isRedundant()) {
            frame(clip, packets.timestamp(), buffer, offset, length);
            return;
        }
        redundant.wrap(buffer, offset, length);
        for (int block = 0; block < redundant.count(); block++) {
            boolean primary = block == redundant.count() - 1;
            if (redundant.payloadType(block) == clip.format().payloadType()
                    && redundant.length(block) > 0
                    && (primary
                            || expectedTimestamp >= 0)) { // before the first packet there is nothing that is missing
                long timestamp = packets.timestamp() - redundant.timestampOffset(block);
                frame(clip, timestamp, buffer, redundant.offset(block), redundant.length(block));
            }
        }
    }

    private void frame(Clip clip, long timestamp, byte[] buffer, int offset, int length) throws IOException, Malformed {
        int samples = OpusPacket.parse(buffer, offset, length).durationSamples();
        if (timestamp < expectedTimestamp) {
            return; // there already, or nonsense
        }
        expectedTimestamp = timestamp + samples; // the clock of Opus is its samples' (RFC 7587)
        long nanos = clip.clock().sessionNanos(timestamp);
        if (clip.shown().stream().anyMatch(span -> span.contains(nanos))) {
            line.add(SoundLine.sample(nanos), samples, buffer, offset, length);
        }
    }
}
