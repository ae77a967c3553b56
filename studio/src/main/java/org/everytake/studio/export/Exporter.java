package org.everytake.studio.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.everytake.render.Output;
import org.everytake.render.Participant;
import org.everytake.render.Pieces;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.raw.RawArchive;
import org.everytake.studio.config.CannotStart;
import org.everytake.tape.read.Damage;
import org.everytake.tape.read.RecordedTape;
import org.everytake.vault.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file of a tape: whole under its name, or not at all. What is in the making lies beside it, the media of a render
 * sealed. One thread.
 */
public final class Exporter {
    private static final Path MEMORY = Path.of("/dev/shm");

    private final RecordedTape tape;
    private final Progress progress;

    public Exporter(RecordedTape tape, Progress progress) {
        this.tape = tape;
        this.progress = progress;
    }

    /**
     * Makes a file that is not there yet.
     *
     * @param person name or id of the one who is to be in it alone; null for everybody
     * @param ffmpeg null where the format needs none
     * @return what of the recording is missing in it, a sentence each; none if all is whole
     * @throws CannotStart if the file is there, or there is no such person
     */
    public List<String> export(ExportFormat format, @Nullable String person, Path file, @Nullable Ffmpeg ffmpeg)
            throws CannotStart, IOException, RenderFault, InterruptedException {
        if (Files.exists(file)) {
            throw new CannotStart("There is a file " + file + " already; name another one with --to.");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        List<String> remarks;
        try (InTheMaking making = InTheMaking.begin()) {
            making.add(part);
            remarks = ffmpeg == null ? archive(format, part) : render(format, person, part, ffmpeg, making);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        List<String> all = new ArrayList<>(remarks);
        if (ffmpeg != null) {
            tape.damage().stream().map(Exporter::sentence).forEach(all::add);
        }
        return all;
    }

    private static String sentence(Damage damage) {
        return (damage.segment().isEmpty() ? "" : damage.segment() + " at byte " + damage.offset() + ": ")
                + damage.what()
                + (damage.what().endsWith(".") ? "" : ".");
    }

    private List<String> archive(ExportFormat format, Path part) throws IOException {
        RawArchive archive = RawArchive.of(tape, progress);
        try (OutputStream out = create(part)) {
            archive.write(Objects.requireNonNull(format.archive()), out);
        }
        return archive.remarks();
    }

    private List<String> render(
            ExportFormat format, @Nullable String person, Path part, Ffmpeg ffmpeg, InTheMaking making)
            throws CannotStart, IOException, RenderFault, InterruptedException {
        Timeline timeline = Timeline.of(tape);
        RenderPlan plan = RenderPlan.of(
                person == null ? timeline : timeline.only(id(timeline.people(), person)), format.preset());
        Path work = making.add(Files.createTempDirectory(part.toAbsolutePath().getParent(), ".everytake-"));
        Path memory = Files.isWritable(MEMORY)
                ? making.add(Files.createTempDirectory(MEMORY, "everytake-"))
                : Files.createDirectory(work.resolve("memory"));
        try (Scratch scratch = Scratch.open(work.resolve("pieces"), new SecureRandom())) {
            return new Renderer(ffmpeg, memory)
                    .render(plan, tape, new Target(new SealedPieces(scratch), part), progress)
                    .remarks();
        }
    }

    private static String id(List<Participant> people, String person) throws CannotStart {
        return people.stream()
                .filter(one -> one.person().equals(person) || one.name().equalsIgnoreCase(person))
                .findFirst()
                .map(Participant::person)
                .orElseThrow(() -> new CannotStart("Nobody in this recording is called \"" + person + "\"; there are "
                        + people.stream().map(Participant::name).collect(Collectors.joining(", ")) + "."));
    }

    private static OutputStream create(Path file) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
    }

    private record Target(Pieces pieces, Path part) implements Output {
        @Override
        public OutputStream file() throws IOException {
            return create(part);
        }
    }

    private record SealedPieces(Scratch scratch) implements Pieces {
        @Override
        public OutputStream create(String name) throws IOException {
            return scratch.create(name);
        }

        @Override
        public InputStream open(String name) throws IOException {
            return Channels.newInputStream(scratch.open(name));
        }
    }
}
