package org.everytake.render.mp3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Collectors;
import org.everytake.render.RenderPlan;
import org.everytake.render.Voice;

/** Writes a finished MP3 strictly forwards: tag, information frame, frames. */
public final class Mp3Writer {
    private Mp3Writer() {}

    /**
     * @param sounds the frames, back to back
     * @return the size of the file
     */
    public static long write(OutputStream out, RenderPlan plan, Mp3Frames frames, InputStream sounds)
            throws IOException {
        byte[] tag = tag(plan).bytes();
        byte[] info = InfoFrame.of(frames, plan.samples());
        out.write(tag);
        out.write(info);
        long copied = sounds.transferTo(out);
        if (copied != frames.bytes()) {
            throw new IOException("A piece has " + copied + " bytes where " + frames.bytes() + " were written");
        }
        return tag.length + info.length + copied;
    }

    /** Title, who is heard, and how long it is in milliseconds. */
    private static Id3Tag tag(RenderPlan plan) {
        String names = plan.voices().stream().map(Voice::name).collect(Collectors.joining(", "));
        return new Id3Tag()
                .text("TIT2", plan.title())
                .text("TPE1", names)
                .text("TLEN", String.valueOf(plan.durationNanos() / 1_000_000));
    }
}
