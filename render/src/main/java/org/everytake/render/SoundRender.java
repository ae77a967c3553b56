package org.everytake.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.everytake.render.flac.FlacWriter;
import org.everytake.render.media.TapeReader;
import org.everytake.render.mp3.Mp3Writer;
import org.everytake.render.sound.CodedSound;
import org.everytake.render.sound.SoundEncoder;
import org.everytake.render.sound.SoundFormat;
import org.everytake.render.wav.WavHeader;
import org.jspecify.annotations.Nullable;

/**
 * One render of sound alone: mixed here, encoded by one FFmpeg, written with its length at the front; or plain, as it was
 * mixed. One thread.
 */
final class SoundRender {
    private static final String SOUND = "sound";
    private static final int RATE = 48_000;

    private final RenderPlan plan;
    private final TapeReader tape;
    private final Output output;
    private final Crew crew;
    private final Progress progress;
    private final SoundEncoder sound;
    private final Meter meter;

    SoundRender(RenderPlan plan, TapeReader tape, Output output, Crew crew, Progress progress, SoundEncoder sound) {
        this.plan = plan;
        this.tape = tape;
        this.output = output;
        this.crew = crew;
        this.progress = progress;
        this.sound = sound;
        this.meter = Meter.ofSound(progress, System::nanoTime);
    }

    /** Writes the file around what was coded, and gives its size. */
    @FunctionalInterface
    private interface Writer<S extends CodedSound> {
        long write(OutputStream out, RenderPlan plan, S frames, InputStream sounds) throws IOException;
    }

    Rendered run() throws RenderFault, InterruptedException {
        long size = switch (plan.preset().container()) {
            case MP3 -> coded(SoundFormat.MP3, Mp3Writer::write);
            case FLAC -> coded(SoundFormat.FLAC, FlacWriter::write);
            case WAV -> plain();
            case MP4, MOV, WEBM ->
                throw new IllegalStateException(
                        "There is a picture in " + plan.preset().name());
        };
        meter.done();
        List<String> remarks = new ArrayList<>(plan.remarks());
        remarks.addAll(sound.remarks());
        return new Rendered(size, plan.durationNanos(), remarks, plan.outline(sound.waveform()));
    }

    private <S extends CodedSound> long coded(SoundFormat<S> format, Writer<S> writer)
            throws RenderFault, InterruptedException {
        AtomicReference<@Nullable S> frames = new AtomicReference<>();
        crew.await(crew.start(SOUND, () -> frames.set(encode(format))), progress, meter);
        S coded = frames.get();
        if (coded == null) {
            throw new IllegalStateException("The sound is written before it is encoded");
        }
        long[] size = new long[1];
        crew.await(crew.start("file", () -> size[0] = write(writer, coded)), progress, meter);
        return size[0];
    }

    private <S extends CodedSound> S encode(SoundFormat<S> format)
            throws RenderFault, IOException, InterruptedException {
        try (OutputStream piece = output.pieces().create(SOUND)) {
            return sound.encode(plan, tape, format, piece, this::mixed);
        }
    }

    private <S extends CodedSound> long write(Writer<S> writer, S frames) throws IOException {
        try (InputStream sounds = output.pieces().open(SOUND);
                OutputStream file = output.file()) {
            return writer.write(file, plan, frames, sounds);
        }
    }

    private long plain() throws RenderFault, InterruptedException {
        byte[] header = WavHeader.of(plan.preset().channels(), RATE, plan.samples());
        crew.await(
                crew.start(SOUND, () -> {
                    try (OutputStream file = output.file()) {
                        file.write(header);
                        sound.plain(plan, tape, file, samples -> {
                            if (crew.isOver()) { // there is no child whose end would end this
                                throw new CancellationException("Cancelled");
                            }
                            mixed(samples);
                        });
                    }
                }),
                progress,
                meter);
        return header.length + 2 * plan.preset().channels() * plan.samples();
    }

    private void mixed(long samples) {
        meter.sound(samples, plan.samples());
    }
}
