package org.everytake.bench.render;

import java.util.List;
import java.util.function.LongPredicate;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.Encoding;
import org.everytake.tape.Event;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.video.Packetizer;

/**
 * Plays the picture or the sound of a clip onto a take, over and over: packets come 5 ms after they were sent, a sender
 * report each second, by one true clock.
 */
final class Sender {
    private static final int MOST_PAYLOAD = 1180;
    private static final int HEADER_BYTES = 12;
    private static final double DELAY_SECONDS = 0.005;
    private static final double SOUND_FRAME_SECONDS = 0.02;
    /** Seconds since 1900 at the recording's zero. */
    private static final long NTP_ZERO = 3_900_000_000L;

    private final Tape tape;
    private final Take take;
    private final Encoding encoding;
    private final List<Clip.Unit> units;
    private final double clipSeconds;
    private final int payloadType;
    private final LongPredicate lost;
    private final Packetizer packetizer;
    private final boolean picture;
    private long next;
    private long sequence;
    private long position;
    private long reports;

    /** @param lost by number, from 0 on; what the network does not bring */
    static Sender ofPicture(Tape tape, Take take, Clip clip, int payloadType, LongPredicate lost) {
        Packetizer packetizer =
                VideoCodec.of(clip.videoEncoding().name()).orElseThrow().packetizer(MOST_PAYLOAD, 0);
        return new Sender(tape, take, clip.videoEncoding(), clip.video(), clip, payloadType, lost, packetizer, true);
    }

    static Sender ofSound(Tape tape, Take take, Clip clip, int payloadType) {
        return new Sender(
                tape, take, clip.audioEncoding(), clip.audio(), clip, payloadType, number -> false, List::of, false);
    }

    private Sender(
            Tape tape,
            Take take,
            Encoding encoding,
            List<Clip.Unit> units,
            Clip clip,
            int payloadType,
            LongPredicate lost,
            Packetizer packetizer,
            boolean picture) {
        this.tape = tape;
        this.take = take;
        this.encoding = encoding;
        this.units = units;
        this.clipSeconds = clip.durationNanos() / 1e9;
        this.payloadType = payloadType;
        this.lost = lost;
        this.packetizer = packetizer;
        this.picture = picture;
    }

    /** Appends all that arrives before this second of the recording. */
    void sendUntil(double seconds) {
        for (double sent = sent(next); sent + DELAY_SECONDS < seconds; sent = sent(next)) {
            while (reports <= sent) {
                report(reports++);
            }
            send(nanos(sent + DELAY_SECONDS));
            next++;
        }
    }

    /** Waits until all that was appended is on the disk. */
    void awaitCommitted() throws InterruptedException {
        while (take.committed() < position) {
            Thread.sleep(5);
        }
    }

    /** Packets for which there was no room. */
    long dropped() {
        return take.dropped();
    }

    private double captured(long unit) {
        long loops = unit / units.size();
        return loops * clipSeconds
                + (double) units.get((int) (unit % units.size())).ticks() / encoding.clockRate();
    }

    /** Sound can leave only when its last sample is there. */
    private double sent(long unit) {
        return captured(unit) + (picture ? 0 : SOUND_FRAME_SECONDS);
    }

    private void send(long stampNanos) {
        List<byte[]> payloads =
                packetizer.packetize(units.get((int) (next % units.size())).bytes());
        long timestamp = Math.round(captured(next) * encoding.clockRate());
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            long number = sequence++;
            if (!lost.test(number)) {
                boolean marker = picture && i == payloads.size() - 1;
                RtpHeader header =
                        new RtpHeader(payloadType, marker, number & 0xFFFF, timestamp & 0xFFFF_FFFFL, take.number());
                byte[] packet = new byte[HEADER_BYTES + payload.length];
                int length = RtpWriter.write(packet, 0, header, List.of(), payload, 0, payload.length);
                long at = take.append(0, number, stampNanos, packet, 0, length);
                position = at == Take.DROPPED ? position : at;
            }
        }
    }

    private void report(long second) {
        long timestamp = second * encoding.clockRate() & 0xFFFF_FFFFL;
        tape.record(
                nanos(second + DELAY_SECONDS),
                new Event.SenderReported(take.number(), 0, (NTP_ZERO + second) << 32, timestamp, sequence, 0));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
