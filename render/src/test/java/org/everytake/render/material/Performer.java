package org.everytake.render.material;

import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.vp8.Vp8Packetizer;

/**
 * Somebody with a camera and a microphone whose clock is wrong and whose network is late. Frame n of a clip is captured
 * when their clock has counted n frames since the recording began; a sender report is exact by that clock.
 */
public final class Performer {
    private final Script script;
    private final String person;
    private final double offsetSeconds;
    private final double rate;
    private final double delaySeconds;
    private final double jitterSeconds;
    private final Random random;
    private LongPredicate lost = sequence -> false;

    public Performer(Script script, String person, double offsetSeconds, double ppm) {
        this(script, person, offsetSeconds, ppm, 0.015, 0.006);
    }

    public Performer(
            Script script, String person, double offsetSeconds, double ppm, double delaySeconds, double jitterSeconds) {
        this.script = script;
        this.person = person;
        this.offsetSeconds = offsetSeconds;
        this.rate = 1 + ppm / 1e6;
        this.delaySeconds = delaySeconds;
        this.jitterSeconds = jitterSeconds;
        this.random = new Random(person.hashCode());
    }

    /** From now on the network loses what the predicate names, by sequence number within the take. */
    public Performer losing(LongPredicate lost) {
        this.lost = lost;
        return this;
    }

    /** The camera's picture from one time to another: clip after clip frames, the first a key frame. */
    public int camera(VideoClip clip, double from, double to) {
        int take = script.take(from, person, Kind.CAMERA);
        Vp8Packetizer packetizer = new Vp8Packetizer(1180, 100);
        long base = 0xFFFF_0000L + take * 77L; // wraps soon
        long sequence = 65_000;
        long first = (long) Math.ceil(from * clip.framesPerSecond() * rate);
        for (long n = first; at(n, clip.framesPerSecond()) < to; n++) {
            double captured = at(n, clip.framesPerSecond());
            long stamp = arrival(captured);
            List<byte[]> payloads = packetizer.packetize(clip.frame(n));
            for (int i = 0; i < payloads.size(); i++) {
                boolean last = i == payloads.size() - 1;
                long timestamp = base + Math.round(n * 90_000.0 / clip.framesPerSecond());
                send(take, Script.VP8, sequence++, timestamp, last, payloads.get(i), stamp);
            }
        }
        reports(take, from, to, 1, base, 90_000);
        return take;
    }

    /** The microphone's sound from one time to another. */
    public int microphone(SoundClip clip, double from, double to) {
        int take = script.take(from, person, Kind.MICROPHONE);
        long base = 0xFFFF_8000L + take * 77L;
        long sequence = 65_400;
        long first = (long) Math.ceil(from * 50 * rate);
        for (long n = first; at(n, 50) < to; n++) {
            // a packet can leave only when its last sample is there
            send(take, Script.OPUS, sequence++, base + n * 960, false, clip.packet(n), arrival(at(n + 1, 50)));
        }
        reports(take, from + 2, to, 5, base, 48_000);
        return take;
    }

    private double at(long n, double perSecond) {
        return n / perSecond / rate;
    }

    private long arrival(double seconds) {
        return Script.nanos(seconds + delaySeconds + jitterSeconds * random.nextDouble());
    }

    private void send(
            int take, int payloadType, long sequence, long timestamp, boolean marker, byte[] payload, long stamp) {
        if (lost.test(sequence)) {
            return;
        }
        byte[] packet = new byte[12 + payload.length];
        RtpWriter.write(
                packet,
                0,
                new RtpHeader(payloadType, marker, sequence & 0xFFFF, timestamp & 0xFFFF_FFFFL, 1000 + take),
                List.of(),
                payload,
                0,
                payload.length);
        script.packet(take, sequence, stamp, packet);
    }

    private void reports(int take, double from, double to, double every, long base, int clockRate) {
        for (double at = from; at < to; at += every) {
            double clock = 3_900_000_000.0 + offsetSeconds + at * rate;
            long seconds = (long) clock;
            long ntp = seconds << 32 | (long) ((clock - seconds) * (1L << 32));
            long timestamp = base + Math.round(at * rate * clockRate) & 0xFFFF_FFFFL;
            double arrival = at + delaySeconds + jitterSeconds * random.nextDouble();
            script.at(arrival, new Event.SenderReported(take, 0, ntp, timestamp, 0, 0));
        }
    }
}
