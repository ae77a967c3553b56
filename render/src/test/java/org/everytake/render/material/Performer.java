package org.everytake.render.material;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.function.DoubleToIntFunction;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.wire.rtp.AudioLevel;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.video.Packetizer;
import org.jspecify.annotations.Nullable;

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
    private final Map<Integer, Long> sequences = new HashMap<>();
    private LongPredicate lost = sequence -> false;
    private LongToDoubleFunction late = sequence -> 0;
    private DoublePredicate silent = at -> false;
    private int orientation = -1;
    private int copies;
    private int direction = 1;
    private @Nullable DoubleToIntFunction levels;

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

    /** From now on timestamps fall, and so does the sender's clock. */
    public Performer backwards() {
        direction = -1;
        return this;
    }

    /** From now on packets come so many seconds later than they should, by sequence number within the take. */
    public Performer late(LongToDoubleFunction late) {
        this.late = late;
        return this;
    }

    /** From now on the microphone sends nothing while there is nothing to hear, by second of the session. */
    public Performer suppressing(DoublePredicate silent) {
        this.silent = silent;
        return this;
    }

    /** From now on each packet of a picture says how it lies, as in the header extension; -1: no more. */
    public Performer lying(int orientation) {
        this.orientation = orientation;
        return this;
    }

    /** The camera's picture from one time to another: clip after clip frames, the first a key frame. */
    public int camera(VideoClip clip, double from, double to) {
        return pictures(script.take(from, person, Kind.CAMERA), 0, clip, from, to);
    }

    /** As {@link #camera}, of a screen. */
    public int screen(VideoClip clip, double from, double to) {
        return pictures(script.take(from, person, Kind.SCREEN), 0, clip, from, to);
    }

    /** More pictures in one of the two streams of a take; its sequence goes on. */
    public int pictures(int take, int stream, VideoClip clip, double from, double to) {
        Packetizer packetizer = clip.packetizer(1180);
        long base = 0xFFFF_0000L + take * 77L; // wraps soon
        long first = (long) Math.ceil(from * clip.framesPerSecond() * rate);
        for (long n = first; at(n, clip.framesPerSecond()) < to; n++) {
            long stamp = arrival(at(n, clip.framesPerSecond()));
            List<byte[]> payloads = packetizer.packetize(clip.frame(n));
            for (int i = 0; i < payloads.size(); i++) {
                boolean last = i == payloads.size() - 1;
                long timestamp = base + direction * Math.round(n * 90_000.0 / clip.framesPerSecond());
                send(take, stream, clip.payloadType(), timestamp, last, payloads.get(i), stamp, lies());
            }
        }
        reports(take, stream, from, to, 1, base, 90_000);
        return take;
    }

    /** The microphone's sound from one time to another. */
    public int microphone(SoundClip clip, double from, double to) {
        int take = script.take(from, person, Kind.MICROPHONE);
        long base = 0xFFFF_8000L + take * 77L;
        long first = (long) Math.ceil(from * 50 * rate);
        for (long n = first; at(n, 50) < to; n++) {
            if (silent.test(at(n, 50))) {
                continue;
            }
            // a packet can leave only when its last sample is there
            byte[] payload = copies == 0 ? clip.packet(n) : redundant(clip, n);
            int payloadType = copies == 0 ? clip.payloadType() : Script.payloadType("red");
            List<HeaderExtension> level = levels == null
                    ? List.of()
                    : List.of(AudioLevel.extension(Script.LEVEL, true, levels.applyAsInt(at(n, 50))));
            send(
                    take,
                    0,
                    payloadType,
                    base + direction * n * clip.ticks(),
                    false,
                    payload,
                    arrival(at(n + 1, 50)),
                    level);
        }
        reports(take, 0, from + 2, to, 5, base, clip.ticks() * 50);
        return take;
    }

    private List<HeaderExtension> lies() {
        return orientation < 0
                ? List.of()
                : List.of(new HeaderExtension(Script.ORIENTATION, new byte[] {(byte) orientation}));
    }

    /** From now on each packet of sound says how loud it is: so many dB below full scale at a second of the session. */
    public Performer loud(DoubleToIntFunction levels) {
        this.levels = levels;
        return this;
    }

    /** From now on each packet of sound is RED and has so many packets before it in it. */
    public Performer repeating(int copies) {
        this.copies = copies;
        return this;
    }

    private byte[] redundant(SoundClip clip, long n) {
        List<RedundantAudio.Earlier> earlier = new ArrayList<>();
        for (int back = copies; back > 0 && n >= copies; back--) {
            earlier.add(new RedundantAudio.Earlier(clip.payloadType(), back * clip.ticks(), clip.packet(n - back)));
        }
        byte[] payload = new byte[RedundantAudio.length(earlier, clip.packet(n))];
        RedundantAudio.write(payload, 0, earlier, clip.payloadType(), clip.packet(n));
        return payload;
    }

    private double at(long n, double perSecond) {
        return n / perSecond / rate;
    }

    private long arrival(double seconds) {
        return Script.nanos(seconds + delaySeconds + jitterSeconds * random.nextDouble());
    }

    private void send(
            int take,
            int stream,
            int payloadType,
            long timestamp,
            boolean marker,
            byte[] payload,
            long stamp,
            List<HeaderExtension> extensions) {
        long sequence = sequences.merge(2 * take + stream, 1L, Long::sum) + 64_999;
        if (lost.test(sequence)) {
            return;
        }
        byte[] packet = new byte[24 + payload.length];
        int length = RtpWriter.write(
                packet,
                0,
                new RtpHeader(
                        payloadType, marker, sequence & 0xFFFF, timestamp & 0xFFFF_FFFFL, 1000 + 1000 * stream + take),
                extensions,
                payload,
                0,
                payload.length);
        script.packet(
                take,
                stream,
                sequence,
                stamp + Script.nanos(late.applyAsDouble(sequence)),
                Arrays.copyOf(packet, length));
    }

    private void reports(int take, int stream, double from, double to, double every, long base, int clockRate) {
        for (double at = from; at < to; at += every) {
            double clock = 3_900_000_000.0 + offsetSeconds + direction * at * rate;
            long seconds = (long) clock;
            long ntp = seconds << 32 | (long) ((clock - seconds) * (1L << 32));
            long timestamp = base + direction * Math.round(at * rate * clockRate) & 0xFFFF_FFFFL;
            double arrival = at + delaySeconds + jitterSeconds * random.nextDouble();
            script.at(arrival, new Event.SenderReported(take, stream, ntp, timestamp, 0, 0));
        }
    }
}
