package org.everytake.render.remux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.everytake.render.Clip;
import org.everytake.render.Span;
import org.everytake.render.media.Picture;
import org.everytake.render.media.PictureReader;
import org.everytake.render.media.RtpReader;
import org.everytake.render.media.TapeReader;
import org.everytake.render.picture.DarkFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pictures of a person's clips, all of one codec, into a {@link PictureLine}, each at the time that the sender's
 * clock says. After a loss, and where another stream of the camera takes over, the picture before is held until the next key
 * frame. While the camera is off, and before it was on, there is a dark picture each second: it hides what was seen last, and
 * a player need not read on for minutes to find one. One thread.
 */
final class SentPictures {
    private static final long DARK_EVERY_NANOS = 1_000_000_000L;

    /** Spans that are closer than that follow each other. */
    private static final long LEAST_HOLE_NANOS = 1_000_000L;

    /** Before the first picture there is nothing to hide, and a file's first picture is taken for as large as the others. */
    private static final long LEAST_LEAD_NANOS = 5_000_000_000L;

    /** So much apart at least, because the files count time in milliseconds. */
    private static final long LEAST_STEP_NANOS = 1_000_000L;

    /** A clip, and from when to when it is seen. */
    private record Part(Clip clip, Span seen) {}

    /** The pictures of a clip, of which the next can be looked at. */
    private static final class Ahead {
        private final PictureReader pictures;
        private @Nullable Picture next;

        Ahead(PictureReader pictures) {
            this.pictures = pictures;
        }

        @Nullable
        Picture peek() {
            if (next == null && pictures.hasNext()) {
                next = pictures.next();
            }
            return next;
        }

        void drop() {
            next = null;
        }
    }

    private final TapeReader tape;
    private final PictureLine line;
    private final Pace pace;
    private final IdentityHashMap<Clip, Ahead> readers = new IdentityHashMap<>();
    /** Whose next picture can be decoded after what was put last. */
    private @Nullable Clip going;

    private long lastNanos = -LEAST_STEP_NANOS;
    private int width;
    private int height;

    SentPictures(TapeReader tape, PictureLine line, Pace pace) {
        this.tape = tape;
        this.line = line;
        this.pace = pace;
    }

    /** @param endNanos of the session */
    void add(List<Clip> clips, long endNanos) throws IOException {
        List<Part> parts = new ArrayList<>();
        clips.forEach(clip -> clip.shown().forEach(span -> parts.add(new Part(clip, span))));
        parts.sort(Comparator.comparingLong(part -> part.seen.startNanos()));
        long darkFrom = 0;
        for (Part part : parts) {
            long least = darkFrom == 0 ? LEAST_LEAD_NANOS : LEAST_HOLE_NANOS;
            if (part.seen.startNanos() - darkFrom >= least) {
                dark(part.clip, darkFrom, part.seen.startNanos());
            }
            add(part);
            darkFrom = part.seen.endNanos();
        }
        if (!parts.isEmpty() && endNanos - darkFrom >= LEAST_HOLE_NANOS) {
            dark(parts.getLast().clip, darkFrom, endNanos);
        }
    }

    private void add(Part part) throws IOException {
        Clip clip = part.clip;
        Ahead reader = readers.computeIfAbsent(
                clip, c -> new Ahead(new PictureReader(new RtpReader(tape.records(c.take(), c.stream()), c.format()))));
        for (Picture picture = reader.peek(); picture != null; picture = reader.peek()) {
            long nanos = clip.clock().sessionNanos(picture.timestamp());
            if (nanos >= part.seen.endNanos()) {
                return;
            }
            pace.step();
            reader.drop();
            boolean decodable = picture.keyFrame() || going == clip;
            if (decodable
                    && nanos >= part.seen.startNanos()
                    && clip.clock().isPlausible(picture.timestamp(), picture.arrivalNanos())) {
                put(nanos, picture.keyFrame(), true, picture.bytes());
                going = clip;
                note(picture);
            } else if (going == clip) {
                going = null; // what follows needs this one
            }
        }
    }

    private void note(Picture picture) {
        if ((long) picture.width() * picture.height() > (long) width * height) {
            width = picture.width();
            height = picture.height();
        }
    }

    private void dark(Clip clip, long from, long until) throws IOException {
        byte[] coded = DarkFrame.of(clip.format().coding());
        for (long at = from; at < until; at += DARK_EVERY_NANOS) {
            put(at, true, false, coded);
        }
        going = null;
    }

    private void put(long nanos, boolean keyFrame, boolean sent, byte[] coded) throws IOException {
        lastNanos = Math.max(lastNanos + LEAST_STEP_NANOS, nanos);
        line.add(lastNanos, keyFrame, sent, coded);
    }

    /** Of the largest picture; 0 if there was none. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }
}
