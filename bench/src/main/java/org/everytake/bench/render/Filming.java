package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.Encoding;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Person;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Source;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Tape;

/** A recording of clips on a real tape, whose time goes as fast as it is let. One thread. */
final class Filming implements AutoCloseable {
    static final TapeKey KEY = TapeKey.of(new byte[TapeKey.BYTES]);

    private static final String ID = "bench-00001";
    private static final double STEP_SECONDS = 0.02;
    /** Of nine people it is a few megabytes: far below what the spool holds in memory. */
    private static final double COMMIT_SECONDS = 10;

    private final Path folder;
    private final Spool spool;
    private final Tape tape;
    private final List<Sender> senders = new ArrayList<>();
    private double now;

    private Filming(Path folder, Spool spool, Tape tape) {
        this.folder = folder;
        this.spool = spool;
        this.tape = tape;
    }

    /**
     * Of people, each with a camera and a microphone.
     *
     * @param lost of the packets of every camera, by number
     */
    static Filming ofPeople(Path folder, List<Clip> clips, LongPredicate lost) throws TapeFault {
        Filming filming = begin(folder, clips.size());
        for (int i = 0; i < clips.size(); i++) {
            filming.picture(i + 1, Kind.CAMERA, clips.get(i), lost);
            filming.sound(i + 1, clips.get(i));
        }
        return filming;
    }

    /** Of one person without a camera who shows something. */
    static Filming ofScreen(Path folder, Clip slides) throws TapeFault {
        Filming filming = begin(folder, 1);
        filming.picture(1, Kind.SCREEN, slides, number -> false);
        return filming;
    }

    private static Filming begin(Path folder, int people) throws TapeFault {
        List<Person> present = new ArrayList<>();
        for (int person = 1; person <= people; person++) {
            present.add(new Person(id(person), "Person " + person));
        }
        Spool spool = Spool.open(folder, SpoolOptions.standard().withReserveBytes(0), SpoolListener.NONE);
        try {
            Snapshot room = Snapshot.of(present, List.of());
            Tape tape = spool.create(
                    KEY, new Event.RecordingStarted(ID, "bench", "Bench", Instant.parse("2026-11-01T12:00:00Z"), room));
            return new Filming(folder, spool, tape);
        } catch (TapeFault | RuntimeException failed) {
            spool.close();
            throw failed;
        }
    }

    /** What a person is called on the tape, from 1 on. */
    static String id(int person) {
        return "person-" + person;
    }

    private void picture(int person, Kind kind, Clip clip, LongPredicate lost) {
        Codec codec = codec(96, clip.videoEncoding(), 0);
        TakeDescription description = description(person, kind, codec);
        senders.add(Sender.ofPicture(tape, tape.open(0, description), clip, codec.payloadType(), lost));
    }

    private void sound(int person, Clip clip) {
        Codec codec = codec(111, clip.audioEncoding(), clip.audioEncoding().channels());
        TakeDescription description = description(person, Kind.MICROPHONE, codec);
        senders.add(Sender.ofSound(tape, tape.open(0, description), clip, codec.payloadType()));
    }

    private static Codec codec(int payloadType, Encoding encoding, int channels) {
        return new Codec(payloadType, encoding.name(), encoding.clockRate(), channels, encoding.fmtp());
    }

    private TakeDescription description(int person, Kind kind, Codec codec) {
        int number = tape.nextTake();
        return new TakeDescription(
                number,
                new Source(id(person), kind, ""),
                List.of(codec),
                Map.of(),
                List.of(new StreamDescription(0, number, String.valueOf(number), "")));
    }

    /** Goes on until this second of the recording; all until then is on the disk. */
    void goOnUntil(double seconds) throws InterruptedException, IOException {
        while (now < seconds) {
            double until = Math.min(seconds, now + COMMIT_SECONDS);
            while (now < until) {
                now = Math.min(until, now + STEP_SECONDS);
                for (Sender sender : senders) {
                    sender.sendUntil(now);
                }
            }
            for (Sender sender : senders) {
                sender.awaitCommitted();
            }
        }
        if (senders.stream().anyMatch(sender -> sender.dropped() > 0)) {
            throw new IOException("The disk is too slow for the recording that is to be rendered");
        }
    }

    /** Stops the recording, and returns when the tape is sealed. */
    void stop() throws IOException, InterruptedException {
        try {
            tape.finish(Math.round(now * 1e9), "stopped").get();
        } catch (ExecutionException failed) {
            throw new IOException("The recording could not be written", failed);
        }
    }

    /** The segments that there are now. */
    List<SegmentSource> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(ID))) {
            return files.map(SegmentSource::of).toList();
        }
    }

    /** All of a recording that is so long. */
    List<SegmentSource> whole(int seconds) throws IOException, InterruptedException {
        goOnUntil(seconds);
        stop();
        return segments();
    }

    @Override
    public void close() {
        spool.close();
    }
}
