package org.everytake.bench.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Source;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;

/**
 * A recording of four people with a microphone and a camera each, written as fast as the disk goes: 50 packets a second of
 * each kind, 450 kbit/s of picture and 40 of sound, and a sender report each five seconds.
 */
final class Hour {
    private static final int PEOPLE = 4;
    private static final int PACKETS_PER_SECOND = 50;
    private static final int PICTURE_BYTES = 1125;
    private static final int SOUND_BYTES = 100;
    private static final int REPORT_EVERY = 5 * PACKETS_PER_SECOND;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / PACKETS_PER_SECOND;
    private static final String ID = Subjects.id("hour", 1);

    private final Path spool;
    private final byte[] packet = new byte[PICTURE_BYTES];

    /** A stream that is being written. */
    private record Sending(Take take, Codec codec, int ticks, int bytes) {}

    private Hour(Path spool) {
        this.spool = spool;
        new Random(1).nextBytes(packet);
    }

    /** The segments of such a recording, in a folder of their own; all is sealed when this returns. */
    static List<SegmentSource> write(Path spool, int seconds) throws IOException, TapeFault, InterruptedException {
        new Hour(spool).write(seconds);
        try (Stream<Path> files = Files.list(spool.resolve(ID))) {
            return files.map(SegmentSource::of).toList();
        }
    }

    private void write(int seconds) throws IOException, TapeFault, InterruptedException {
        try (Spool open = Spool.open(spool, SpoolOptions.standard(), SpoolListener.NONE)) {
            Tape tape = open.create(Subjects.KEY, Subjects.started(ID));
            List<Sending> all = new ArrayList<>();
            for (int person = 1; person <= PEOPLE; person++) {
                all.add(open(tape, "person-" + person, Kind.MICROPHONE));
                all.add(open(tape, "person-" + person, Kind.CAMERA));
            }
            for (int number = 0; number < seconds * PACKETS_PER_SECOND; number++) {
                for (Sending one : all) {
                    send(tape, one, number);
                }
            }
            tape.finish(seconds * PACKETS_PER_SECOND * PERIOD_NANOS, "stopped").get();
        } catch (ExecutionException failed) {
            throw new IOException("The recording could not be written", failed);
        }
    }

    private static Sending open(Tape tape, String person, Kind kind) {
        boolean picture = kind == Kind.CAMERA;
        Codec codec = picture ? new Codec(96, "VP8", 90_000, 0, "") : new Codec(111, "opus", 48_000, 2, "");
        int number = tape.nextTake();
        TakeDescription description = new TakeDescription(
                number,
                new Source(person, kind, ""),
                List.of(codec),
                Map.of(),
                List.of(new StreamDescription(0, number, String.valueOf(number), "")));
        int bytes = picture ? PICTURE_BYTES : SOUND_BYTES;
        return new Sending(tape.open(0, description), codec, codec.clockRate() / PACKETS_PER_SECOND, bytes);
    }

    private void send(Tape tape, Sending one, int number) {
        long stamp = number * PERIOD_NANOS;
        long timestamp = (long) number * one.ticks();
        RtpHeader header = new RtpHeader(
                one.codec().payloadType(),
                true,
                number & 0xFFFF,
                timestamp,
                one.take().number());
        byte[] whole = new byte[one.bytes()];
        int length = RtpWriter.write(
                whole, 0, header, List.of(), packet, 0, one.bytes() - RtpWriter.headerLength(List.of()));
        while (one.take().append(0, number, stamp, whole, 0, length) == Take.DROPPED) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // until the disk has taken something
        }
        if (number % REPORT_EVERY == 0) {
            long ntp = (3_900_000_000L + number / PACKETS_PER_SECOND) << 32;
            tape.record(stamp, new Event.SenderReported(one.take().number(), 0, ntp, timestamp, number, 0));
        }
    }
}
