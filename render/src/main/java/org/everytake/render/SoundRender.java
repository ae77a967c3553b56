package org.everytake.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.everytake.render.media.TapeReader;
import org.everytake.render.mp3.Mp3Frames;
import org.everytake.render.mp3.Mp3Writer;
import org.everytake.render.sound.SoundEncoder;
import org.everytake.render.sound.SoundFormat;
import org.jspecify.annotations.Nullable;

/** One render of sound alone: mixed here, encoded by one FFmpeg, written with its length at the front. One thread. */
final class SoundRender {
    private static final String SOUND = "sound";

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

    Rendered run() throws RenderFault, InterruptedException {
        AtomicReference<@Nullable Mp3Frames> frames = new AtomicReference<>();
        crew.await(crew.start(SOUND, () -> frames.set(encode())), progress, meter);
        long[] size = new long[1];
        crew.await(crew.start("file", () -> size[0] = write(frames.get())), progress, meter);
        meter.done();
        List<String> remarks = new ArrayList<>(plan.remarks());
        remarks.addAll(sound.remarks());
        return new Rendered(size[0], plan.durationNanos(), remarks);
    }

    private Mp3Frames encode() throws RenderFault, IOException, InterruptedException {
        try (OutputStream piece = output.pieces().create(SOUND)) {
            return sound.encode(plan, tape, SoundFormat.MP3, piece, count -> meter.sound(count, plan.samples()));
        }
    }

    private long write(@Nullable Mp3Frames frames) throws IOException {
        if (frames == null) {
            throw new IllegalStateException("The sound is written before it is encoded");
        }
        try (InputStream sounds = output.pieces().open(SOUND);
                OutputStream file = output.file()) {
            return Mp3Writer.write(file, plan, frames, sounds);
        }
    }
}
