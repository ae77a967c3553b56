package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.everytake.render.Format;
import org.everytake.render.Orientation;
import org.everytake.render.Span;
import org.everytake.render.Turn;
import org.everytake.render.clock.Arrivals;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.clock.RedReports;
import org.everytake.render.clock.Report;
import org.everytake.render.clock.StreamClock;
import org.everytake.render.media.Picture;
import org.everytake.render.media.PictureAssembler;
import org.everytake.render.media.RecentMedia;
import org.everytake.render.media.RtpCursor;
import org.everytake.render.sound.Ear;
import org.everytake.tape.Kind;
import org.everytake.tape.Source;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.rtp.AudioLevel;
import org.jspecify.annotations.Nullable;

/**
 * What one walk over a stream tells of what is of one format in it: when something came, which pictures begin anew, how
 * large they are, how they lie. Times are in RTP time, because session time is known only when all streams have been walked
 * over. One thread.
 */
final class StreamScan {
    /** A camera that sends nothing for so long is off, whatever it last showed. */
    private static final int PICTURE_PATIENCE_SECONDS = 5;

    /** A screen on which nothing moves may send nothing for long; it is shown until its take is closed. */
    private static final int SCREEN_PATIENCE_SECONDS = 3600;

    private static final int SOUND_PATIENCE_SECONDS = 1;

    /** After so long without a new picture another stream of the same source is better, if it has one. */
    private static final int LIVE_SECONDS = 1;

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

    /** An orientation that is not the one before. */
    private record Turned(long timestamp, long arrivalNanos, int value) {}

    private final int take;
    private final int stream;
    private final Source source;
    private final Format format;
    private final int extensionId;
    private final RtpCursor cursor;
    private final @Nullable PictureAssembler pictures;
    private final Loudness loudness;
    private final @Nullable Ear ear;
    private final Arrivals arrivals;
    private final long patience;
    private final List<Run> runs = new ArrayList<>();
    private final List<Run> live = new ArrayList<>();
    private final List<Long> keyFrames = new ArrayList<>();
    private final List<Turned> turns = new ArrayList<>();
    private final Supplier<List<Span>> mutes;
    private final @Nullable RecentMedia recent;
    private final Map<Span, Long> resumed = new HashMap<>();
    private boolean open;
    private boolean redundant;
    private long pixels;

    /**
     * @param extensionId of the header extension that says how pictures lie, or how loud sound is; 0 if there is none
     * @param mutes of the source, in session time
     * @param listens whether sound is decoded where packets don't say how loud they are
     * @param recent gets what comes, for whoever follows a recording; else null
     */
    StreamScan(
            int take,
            int stream,
            Source source,
            Format format,
            int extensionId,
            Supplier<List<Span>> mutes,
            boolean listens,
            @Nullable RecentMedia recent) {
        this.take = take;
        this.stream = stream;
        this.source = source;
        this.format = format;
        this.extensionId = extensionId;
        this.mutes = mutes;
        this.recent = recent;
        this.cursor = new RtpCursor(format);
        this.pictures = isPicture() ? new PictureAssembler(format) : null;
        this.loudness = new Loudness(format.clockRate());
        this.ear = isPicture() || !listens ? null : new Ear(format.coding());
        this.arrivals = new Arrivals(format.clockRate());
        this.patience = (long) format.clockRate() * patienceSeconds();
    }

    private int patienceSeconds() {
        return switch (source.kind()) {
            case SCREEN -> SCREEN_PATIENCE_SECONDS;
            case CAMERA -> PICTURE_PATIENCE_SECONDS;
            default -> SOUND_PATIENCE_SECONDS;
        };
    }

    /** The next record of the stream; those of other formats are stepped over. */
    void take(TapeRecord record) {
        if (!cursor.accept(record)) {
            return;
        }
        packet();
        redundant |= cursor.isRedundant();
        if (pictures == null) {
            begin(cursor.timestamp(), cursor.arrivalNanos());
            loudness();
            if (recent != null) {
                recent.add(record);
            }
            return;
        }
        turn();
        pictures.push(cursor);
        for (Picture picture = pictures.poll(); picture != null; picture = pictures.poll()) {
            picture(picture);
        }
    }

    private void packet() {
        arrivals.add(cursor.packet().timestamp(), cursor.arrivalNanos());
        if (open) {
            Run run = runs.getLast();
            if (Math.abs(cursor.timestamp() - run.last) > patience) {
                open = false;
            } else {
                run.last = Math.max(run.last, cursor.timestamp());
                run.lastArrival = cursor.arrivalNanos();
            }
        }
    }

    private void loudness() {
        int value = extensionId == 0 ? -1 : AudioLevel.read(cursor.packet(), extensionId);
        if (value < 0 && ear != null) {
            value = ear.level(cursor);
        }
        if (value >= 0) {
            loudness.add(cursor.timestamp(), value);
        }
    }

    /** A picture lies as one of its packets says, and if none does, as the one before. */
    private void turn() {
        int at = extensionId == 0 ? -1 : cursor.packet().extensionOffset(extensionId);
        if (at >= 0 && cursor.packet().extensionLength(extensionId) > 0) {
            int value = cursor.packet().buffer()[at] & 7;
            if (value != (turns.isEmpty() ? 0 : turns.getLast().value)) {
                turns.add(new Turned(cursor.timestamp(), cursor.arrivalNanos(), value));
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
        if (recent != null) {
            recent.add(picture);
        }
        Run newest = live.isEmpty() ? null : live.getLast();
        if (newest == null || Math.abs(picture.timestamp() - newest.last) > (long) LIVE_SECONDS * format.clockRate()) {
            newest = new Run(picture.timestamp(), picture.arrivalNanos());
            live.add(newest);
        }
        newest.last = Math.max(newest.last, picture.timestamp());
        newest.lastArrival = picture.arrivalNanos();
        pixels = Math.max(pixels, (long) picture.width() * picture.height());
        if (picture.keyFrame()
                && (keyFrames.isEmpty() || picture.timestamp() - keyFrames.getLast() >= format.clockRate())) {
            keyFrames.add(picture.timestamp());
        }
        for (Span mute : mutes.get()) {
            if (picture.arrivalNanos() >= mute.endNanos()) {
                resumed.putIfAbsent(mute, picture.timestamp());
            }
        }
    }

    /** What of it cannot be seen, as a sentence has it; null if there is no reason to say so. */
    @Nullable
    String unseen() {
        return pictures == null || pictures.refused() == null
                ? null
                : "pictures of " + pictures.refused() + ", which nothing here can show";
    }

    /** Whether pictures were sent, and none of them was whole. */
    boolean isWithoutPicture() {
        return isPicture() && keyFrames.isEmpty() && unseen() == null;
    }

    boolean isPicture() {
        return format.coding().isPicture();
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

    Format format() {
        return format;
    }

    /**
     * @param sender whose clock it may be
     * @param reports of the stream, as they came
     */
    StreamClock clock(String sender, List<Report> reports) {
        return new StreamClock(
                sender, arrivals, redundant ? RedReports.mend(reports, arrivals, cursor.timestamp()) : reports);
    }

    /** How loud its sound was. */
    Loudness loud() {
        return loudness;
    }

    /** What came of late; only where a recording is followed. */
    RecentMedia recent() {
        if (recent == null) {
            throw new IllegalStateException("Nothing is kept of a recording that is over");
        }
        return recent;
    }

    /** Of the largest picture: what tells the better of two layers. */
    long pixels() {
        return pixels;
    }

    List<Long> keyFrames(ClockMap clock) {
        return keyFrames.stream().map(clock::sessionNanos).sorted().toList();
    }

    List<Turn> turns(ClockMap clock) {
        return turns.stream()
                .filter(turn -> clock.isPlausible(turn.timestamp, turn.arrivalNanos))
                .map(turn -> new Turn(clock.sessionNanos(turn.timestamp), Orientation.of(turn.value)))
                .toList();
    }

    /** When something came, each stretch held on for a while as a picture is when no other follows. */
    List<Span> shown(ClockMap clock, long closedAtNanos) {
        List<Span> spans = new ArrayList<>();
        for (Run run : plausible(runs, clock)) {
            spans.add(new Span(clock.sessionNanos(run.first), heldUntil(clock.sessionNanos(run.last), closedAtNanos)));
        }
        return Span.subtract(spans, isPicture() ? hidden(clock) : mutes.get());
    }

    private long heldUntil(long last, long closedAtNanos) {
        if (!isPicture()) {
            return last + LAST_PACKET_NANOS;
        }
        long held = source.kind() == Kind.SCREEN ? Long.MAX_VALUE : last + PICTURE_PATIENCE_SECONDS * 1_000_000_000L;
        return Math.min(held, Math.max(last, closedAtNanos));
    }

    /** When there was always a new picture, rather than an old one that is held on. */
    List<Span> live(ClockMap clock) {
        return plausible(live, clock).stream()
                .map(run -> new Span(clock.sessionNanos(run.first), clock.sessionNanos(run.last)))
                .toList();
    }

    private static List<Run> plausible(List<Run> runs, ClockMap clock) {
        return runs.stream()
                .filter(run ->
                        clock.isPlausible(run.first, run.firstArrival) && clock.isPlausible(run.last, run.lastArrival))
                .toList();
    }

    /** A camera is hidden until its first picture after a mute: what it showed before must not flash up. */
    private List<Span> hidden(ClockMap clock) {
        return mutes.get().stream()
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
