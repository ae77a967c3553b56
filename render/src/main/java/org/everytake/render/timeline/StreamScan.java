package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.everytake.render.Span;
import org.everytake.render.clock.Arrivals;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.media.Picture;
import org.everytake.render.media.PictureReader;
import org.everytake.render.media.RtpReader;
import org.everytake.tape.Codec;
import org.everytake.tape.Kind;
import org.everytake.tape.Source;
import org.everytake.tape.read.TapeRecord;

/**
 * What one walk over a stream tells: when something came, which pictures begin anew, how large they are. Times are in
 * RTP time, because session time is known only when all streams have been walked over. One thread.
 */
final class StreamScan {
    /** A camera that sends nothing for so long is off, whatever it last showed. */
    private static final int PICTURE_PATIENCE_SECONDS = 5;

    private static final int SOUND_PATIENCE_SECONDS = 1;
    /** How long the last packet of sound lasts at most. */
    private static final long LAST_PACKET_NANOS = 60_000_000;

    /** A stretch in which something kept coming. */
    private static final class Run {
        final long first;
        final long firstArrival;
        long last;
        long lastArrival;

        Run(long first, long firstArrival) {
            this.first = first;
            this.firstArrival = firstArrival;
            this.last = first;
            this.lastArrival = firstArrival;
        }
    }

    private final int take;
    private final int stream;
    private final Source source;
    private final Codec codec;
    private final Arrivals arrivals;
    private final long patience;
    private final List<Run> runs = new ArrayList<>();
    private final List<Long> keyFrames = new ArrayList<>();
    private final List<Span> mutes;
    private final Map<Span, Long> resumed = new HashMap<>();
    private boolean open;
    private long pixels;

    /** @param mutes of the source, in session time */
    StreamScan(int take, int stream, Source source, Codec codec, List<Span> mutes) {
        this.take = take;
        this.stream = stream;
        this.source = source;
        this.codec = codec;
        this.mutes = mutes;
        this.arrivals = new Arrivals(codec.clockRate());
        this.patience = (long) codec.clockRate() * (isPicture() ? PICTURE_PATIENCE_SECONDS : SOUND_PATIENCE_SECONDS);
    }

    void walk(Iterator<TapeRecord> records) {
        RtpReader packets = new RtpReader(records, codec.payloadType(), this::packet);
        if (isPicture()) {
            PictureReader pictures = new PictureReader(packets);
            for (Picture picture = pictures.next(); picture != null; picture = pictures.next()) {
                picture(picture);
            }
        } else {
            while (packets.next()) {
                begin(packets.timestamp(), packets.arrivalNanos());
            }
        }
    }

    private void packet(RtpReader packet) {
        arrivals.add(packet.packet().timestamp(), packet.arrivalNanos());
        if (open) {
            Run run = runs.getLast();
            if (Math.abs(packet.timestamp() - run.last) > patience) {
                open = false;
            } else {
                run.last = Math.max(run.last, packet.timestamp());
                run.lastArrival = packet.arrivalNanos();
            }
        }
    }

    private void begin(long timestamp, long arrivalNanos) {
        if (!open) {
            runs.add(new Run(timestamp, arrivalNanos));
            open = true;
        }
    }

    private void picture(Picture picture) {
        begin(picture.timestamp(), picture.arrivalNanos());
        pixels = Math.max(pixels, (long) picture.width() * picture.height());
        if (picture.keyFrame()
                && (keyFrames.isEmpty() || picture.timestamp() - keyFrames.getLast() >= codec.clockRate())) {
            keyFrames.add(picture.timestamp());
        }
        for (Span mute : mutes) {
            if (picture.arrivalNanos() >= mute.endNanos()) {
                resumed.putIfAbsent(mute, picture.timestamp());
            }
        }
    }

    boolean isPicture() {
        return source.kind() == Kind.CAMERA;
    }

    int take() {
        return take;
    }

    int stream() {
        return stream;
    }

    Source source() {
        return source;
    }

    Codec codec() {
        return codec;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Of the largest picture: what tells the better of two layers. */
    long pixels() {
        return pixels;
    }

    List<Long> keyFrames(ClockMap clock) {
        return keyFrames.stream().map(clock::sessionNanos).sorted().toList();
    }

    /** When something came, each stretch held on for a while as a picture is when no other follows. */
    List<Span> shown(ClockMap clock, long closedAtNanos) {
        List<Span> spans = new ArrayList<>();
        for (Run run : runs) {
            if (clock.isPlausible(run.first, run.firstArrival) && clock.isPlausible(run.last, run.lastArrival)) {
                long last = clock.sessionNanos(run.last);
                long held = last + (isPicture() ? PICTURE_PATIENCE_SECONDS * 1_000_000_000L : LAST_PACKET_NANOS);
                long end = isPicture() ? Math.min(held, Math.max(last, closedAtNanos)) : held;
                spans.add(new Span(clock.sessionNanos(run.first), end));
            }
        }
        return Span.subtract(spans, isPicture() ? hidden(clock) : mutes);
    }

    /** A camera is hidden until its first picture after a mute: what it showed before must not flash up. */
    private List<Span> hidden(ClockMap clock) {
        return mutes.stream()
                .map(mute -> {
                    Long back = resumed.get(mute);
                    long end = back == null ? Long.MAX_VALUE : clock.sessionNanos(back);
                    return new Span(mute.startNanos(), Math.max(mute.endNanos(), end));
                })
                .toList();
    }

    /** When the newest medium is over. */
    long endNanos(ClockMap clock) {
        return runs.stream()
                .filter(run -> clock.isPlausible(run.last, run.lastArrival))
                .mapToLong(run -> clock.sessionNanos(run.last))
                .max()
                .orElse(0);
    }
}
