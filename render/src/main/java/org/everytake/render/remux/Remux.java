package org.everytake.render.remux;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.everytake.render.Clip;
import org.everytake.render.Coding;
import org.everytake.render.Output;
import org.everytake.render.Participant;
import org.everytake.render.Preset.Container;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.Rendered;
import org.everytake.render.Span;
import org.everytake.render.Timeline;
import org.everytake.render.media.TapeReader;
import org.everytake.render.mp4.SentMovie;
import org.everytake.render.mp4.TimedSamples;
import org.everytake.render.webm.Blocks;
import org.everytake.render.webm.WebmFilm;
import org.everytake.render.webm.WebmTrack;
import org.everytake.render.webm.WebmWriter;
import org.everytake.tape.read.RecordedTape;

/**
 * The file of one person as it was sent: what their camera and microphone gave, moved from tape into a file and neither
 * decoded nor encoded. VP8, VP9 and AV1 go into WebM, H.264 into MP4, Opus into both. It is as long as the session, so that
 * the files of two people keep step. Used once, by one thread.
 */
public final class Remux {
    private static final String PICTURES = "pictures";
    private static final String SOUND = "sound";

    /** What comes out of a decoder of Opus lags behind what went into the encoder by so many samples (libopus). */
    private static final int OPUS_LOOK_AHEAD = 312;

    /** Packets are small and many. */
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Timeline timeline;
    private final Participant person;
    private final TapeReader tape;
    private final Coding coding;
    private final List<Clip> pictures;
    private final List<String> remarks = new ArrayList<>();

    private Remux(Timeline timeline, Participant person, RecordedTape tape) {
        this.timeline = timeline;
        this.person = person;
        this.tape = new TapeReader(tape);
        Map<Coding, Long> shown = shownNanos(person.pictures());
        this.coding = shown.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Coding.VP8);
        this.pictures = person.pictures().stream()
                .filter(clip -> clip.format().coding() == coding)
                .toList();
        remark(shown);
    }

    /**
     * Reads what somebody sent once, to know when it is seen and heard.
     *
     * @param tape stays open, and is nobody else's, until the file is written
     * @throws RenderFault if the tape cannot be read, or there is nothing of such a person on it
     */
    public static Remux of(RecordedTape tape, String person) throws RenderFault {
        Timeline timeline = Timeline.of(tape, person);
        return new Remux(
                timeline,
                timeline.people().stream()
                        .findFirst()
                        .orElseThrow(() -> new RenderFault("Nothing of this person is on the tape.")),
                tape);
    }

    /** The format of the file, which the camera's codec decides. */
    public Container container() {
        return coding == Coding.H264 ? Container.MP4 : Container.WEBM;
    }

    private static Map<Coding, Long> shownNanos(List<Clip> clips) {
        Map<Coding, Long> shown = new EnumMap<>(Coding.class);
        for (Clip clip : clips) {
            for (Span span : clip.shown()) {
                shown.merge(clip.format().coding(), span.endNanos() - span.startNanos(), Long::sum);
            }
        }
        return shown;
    }

    private void remark(Map<Coding, Long> shown) {
        shown.keySet().stream()
                .filter(other -> other != coding)
                .forEach(other -> remarks.add("A part of the camera's pictures was sent in " + other
                        + ": a file has one codec, so it is not seen here. The RAW archive has it."));
        person.sounds().stream()
                .map(clip -> clip.format().coding())
                .filter(other -> other != Coding.OPUS)
                .distinct()
                .forEach(other -> remarks.add("A part of the sound was sent in " + other + ", which " + container()
                        + " cannot hold, so it is not heard here. The RAW archive has it."));
        if (pictures.stream().anyMatch(clip -> !clip.turns().isEmpty())) {
            remarks.add("The camera was turned: pictures lie here as they were sent.");
        }
    }

    /**
     * Writes the file, reading the tape a second time.
     *
     * @throws IOException if the tape cannot be read, or the file not be written
     * @throws java.util.concurrent.CancellationException if {@code progress} says so
     */
    public Rendered write(Output output, Progress progress) throws IOException {
        try {
            return file(output, new Pace(progress));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Rendered file(Output output, Pace pace) throws IOException {
        long end = timeline.endNanos();
        PictureFile pictureFile;
        SentPictures sent;
        try (OutputStream piece = output.pieces().create(PICTURES)) {
            pictureFile = new PictureFile(coding, piece);
            sent = new SentPictures(tape, pictureFile, pace);
            sent.add(pictures, end);
        }
        pace.at(0.5);
        SoundLine sounds;
        try (OutputStream piece = output.pieces().create(SOUND)) {
            sounds = new SoundLine(piece);
            SentSound heard = new SentSound(tape, sounds, pace);
            heard.add(person.sounds());
            if (heard.undecodable() > 0) {
                remarks.add(heard.undecodable() + " packets of sound are none that a decoder takes: there is silence.");
            }
            // Up to behind the end, whatever the rest: what is beyond it is left out by players.
            sounds.fill(SoundLine.sample(end) + OPUS_LOOK_AHEAD + Silence.GRAIN_SAMPLES);
        }
        pace.at(0.8);
        try (InputStream coded = new BufferedInputStream(output.pieces().open(PICTURES), BUFFER_BYTES);
                InputStream heard = new BufferedInputStream(output.pieces().open(SOUND), BUFFER_BYTES);
                OutputStream file = new BufferedOutputStream(output.file(), BUFFER_BYTES)) {
            long size = container() == Container.MP4
                    ? SentMovie.write(file, movie(sent, pictureFile, sounds), coded, heard, written(pace)::written)
                    : webm(file, sent, pictureFile, sounds, coded, heard, written(pace));
            file.flush();
            pace.at(1);
            return new Rendered(size, end, remarks, null);
        }
    }

    private static WebmWriter.Counter written(Pace pace) {
        return (done, all) -> pace.at(0.8 + 0.2 * done / all);
    }

    private long webm(
            OutputStream file,
            SentPictures sent,
            PictureFile pictureFile,
            SoundLine sounds,
            InputStream coded,
            InputStream heard,
            WebmWriter.Counter counter)
            throws IOException {
        List<WebmTrack> tracks = new ArrayList<>();
        List<InputStream> media = new ArrayList<>();
        if (sent.width() > 0) {
            tracks.add(WebmTrack.pictures(
                    "V_" + coding,
                    pictureFile.configuration(),
                    "",
                    sent.width(),
                    sent.height(),
                    0,
                    blocks(pictureFile.samples())));
            media.add(coded);
        }
        long padding = sounds.position() - OPUS_LOOK_AHEAD - SoundLine.sample(timeline.endNanos());
        tracks.add(WebmTrack.opus(
                opusHead(),
                "",
                SoundLine.nanos(OPUS_LOOK_AHEAD),
                SoundLine.nanos(Math.max(0, padding)),
                blocks(sounds.samples())));
        media.add(heard);
        WebmFilm film = new WebmFilm(person.name(), timeline.endNanos(), List.of(), tracks);
        return WebmWriter.write(file, film, media, counter);
    }

    private static Blocks blocks(TimedSamples samples) {
        Blocks blocks = new Blocks();
        for (int i = 0; i < samples.count(); i++) {
            blocks.add(samples.nanos(i), samples.size(i), samples.isKey(i));
        }
        return blocks;
    }

    private SentMovie movie(SentPictures sent, PictureFile pictureFile, SoundLine sounds) {
        return new SentMovie(
                timeline.endNanos(),
                sent.width(),
                sent.height(),
                pictureFile.configuration(),
                pictureFile.samples(),
                sounds.samples(),
                OPUS_LOOK_AHEAD);
    }

    /** As an Ogg file of Opus begins (RFC 7845, section 5.1): two channels, as browsers send and WebRTC says (RFC 7587). */
    private static byte[] opusHead() {
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 2);
        head.putShort((short) OPUS_LOOK_AHEAD)
                .putInt(SoundLine.RATE)
                .putShort((short) 0)
                .put((byte) 0);
        return head.array();
    }
}
