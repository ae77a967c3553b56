package org.everytake.render.sound;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.everytake.render.Crew;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.ffmpeg.Child;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.media.TapeReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mixes a plan's sound and has FFmpeg encode it: one encoder from the first sample to the last. One thread. */
public final class SoundEncoder {
    private static final Logger log = LoggerFactory.getLogger(SoundEncoder.class);

    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final Crew crew;
    private List<String> remarks = List.of();
    private @Nullable Waveform waveform;

    public SoundEncoder(Ffmpeg ffmpeg, Path folder, Crew crew) {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.crew = crew;
    }

    /**
     * Mixes and encodes.
     *
     * @param piece gets the frames, back to back
     * @param mixed hears how many samples are mixed
     */
    public <S extends CodedSound> S encode(
            RenderPlan plan, TapeReader tape, SoundFormat<S> format, OutputStream piece, LongConsumer mixed)
            throws RenderFault, IOException, InterruptedException {
        Mixer mixer =
                new Mixer(plan.preset().channels(), plan.voices(), clip -> tape.records(clip.take(), clip.stream()));
        S frames;
        Files.createDirectories(folder);
        try (Child child = Child.start(ffmpeg, arguments(plan, format), folder);
                Crew.Guard guard = crew.guard(child::kill)) {
            Thread writer = crew.start("mixer", () -> write(mixer, child, plan.samples(), mixed));
            try {
                frames = format.reader().read(child.output(), piece);
            } catch (EOFException e) {
                child.await(); // its own words say more
                throw e;
            }
            child.await();
            writer.join();
        }
        if (frames.coveredSamples() < plan.samples()) {
            throw new RenderFault("FFmpeg made sound of " + frames.coveredSamples() + " samples where " + plan.samples()
                    + " are needed.");
        }
        remarks = mixer.remarks();
        waveform = mixer.waveform(plan.voices());
        return frames;
    }

    /**
     * Mixes alone: signed 16 bits, little-endian.
     *
     * @param mixed hears how many samples are mixed
     */
    public void plain(RenderPlan plan, TapeReader tape, OutputStream out, LongConsumer mixed) throws IOException {
        Mixer mixer =
                new Mixer(plan.preset().channels(), plan.voices(), clip -> tape.records(clip.take(), clip.stream()));
        mixer.write(out, plan.samples(), mixed);
        remarks = mixer.remarks();
        waveform = mixer.waveform(plan.voices());
    }

    private static void write(Mixer mixer, Child child, long samples, LongConsumer mixed) {
        try (OutputStream pcm = child.input()) {
            mixer.write(pcm, samples, mixed);
        } catch (IOException closed) {
            // the child has failed and says so itself; a tape's faults are unchecked
            log.trace("FFmpeg takes no more sound: {}", closed.getMessage());
        }
    }

    /** What was missing or repaired in what was mixed. */
    public List<String> remarks() {
        return remarks;
    }

    /** The shape of what was mixed, once it was. */
    public Waveform waveform() {
        Waveform known = waveform;
        if (known == null) {
            throw new IllegalStateException("Nothing was mixed yet");
        }
        return known;
    }

    private static List<String> arguments(RenderPlan plan, SoundFormat<?> format) {
        List<String> arguments = new ArrayList<>(List.of("-protocol_whitelist", "pipe", "-f", "s16le"));
        arguments.addAll(List.of("-ar", String.valueOf(SoundDecoder.RATE), "-ac"));
        arguments.addAll(List.of(String.valueOf(plan.preset().channels()), "-i", "pipe:0"));
        arguments.addAll(List.of("-b:a", String.valueOf(plan.preset().audioBitsPerSecond())));
        arguments.addAll(format.arguments());
        // nobody waits for a frame: those of a second or so are handed on together
        arguments.addAll(List.of("-flush_packets", "0", "pipe:1"));
        return arguments;
    }
}
