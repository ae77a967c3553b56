package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.everytake.peer.clip.Clip;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/**
 * What every part of the benchmark works with.
 *
 * @param folder that is thrown away
 */
record Workshop(Path folder, Footage footage, Ours ours, Extent extent, Consumer<String> progress) {
    static final LongPredicate NOTHING_LOST = number -> false;

    /**
     * How much is measured.
     *
     * @param seconds of what is rendered beside the peer, at most as long as the footage
     * @param pairs of ours and the peer's
     * @param lossSeconds of what is rendered after loss
     * @param sessionMinutes of the recordings that are stopped
     * @param movedMinutes of what is moved from tape as it was sent
     * @param memorySeconds of the composite whose memory is looked at
     */
    record Extent(
            int seconds,
            int pairs,
            int lossSeconds,
            List<Integer> sessionMinutes,
            int movedMinutes,
            int memorySeconds) {
        static final Extent QUICK = new Extent(12, 1, 30, List.of(1), 2, 30);
        static final Extent FULL = new Extent(Footage.SECONDS, 5, 120, List.of(1, 10, 60), 60, 600);
    }

    static Workshop in(Path folder, Footage footage, Extent extent, Consumer<String> progress)
            throws IOException, RenderFault {
        return new Workshop(
                folder, footage, new Ours(Files.createDirectories(folder.resolve("made"))), extent, progress);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** A tape of so many people. */
    List<SegmentSource> taped(String name, int people, int seconds, LongPredicate lost)
            throws IOException, TapeFault, InterruptedException {
        return taped(name, footage.people(people), seconds, lost);
    }

    /** A tape of these people. */
    List<SegmentSource> taped(String name, List<Footage.Take> people, int seconds, LongPredicate lost)
            throws IOException, TapeFault, InterruptedException {
        List<Clip> clips = people.stream().map(Footage.Take::clip).toList();
        try (Filming filming = Filming.ofPeople(folder.resolve(name), clips, lost)) {
            return filming.whole(seconds);
        }
    }

    /** The same people as the peer has them. */
    List<Path> filmed(int people) throws IOException {
        return footage.people(people).stream().map(Footage.Take::file).toList();
    }
}
