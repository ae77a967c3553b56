package org.everytake.bench.render;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.bench.measure.Tool;
import org.everytake.render.Progress;
import org.everytake.render.raw.RawArchive;
import org.everytake.render.raw.RawFormat;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;

/** What janus-pp-rec makes of a recording of one person, whose packets it has from the RAW archive of the same tape. */
final class Janus {
    static final String PROGRAM = "janus-pp-rec";

    private final Path folder;

    private Janus(Path folder) {
        this.folder = folder;
    }

    /** Whether the program is installed. */
    static boolean isHere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, PROGRAM)));
    }

    /** Takes the files out of the archive, in a folder of this name. */
    static Janus of(String name, List<SegmentSource> tape, Workshop shop) throws IOException, TapeFault {
        Path archive = shop.file(name + ".tar.gz");
        Path folder = Files.createDirectories(shop.file(name + "-files"));
        try (RecordedTape recorded = RecordedTape.read(tape, Filming.KEY);
                OutputStream out = Files.newOutputStream(archive)) {
            RawArchive.of(recorded, Progress.SILENT).write(RawFormat.TAR_GZ, out);
        }
        Tool.run("tar", "-xzf", archive.toString(), "-C", folder.toString());
        return new Janus(folder);
    }

    /** The camera alone. */
    Path camera() throws IOException {
        return made("-video.mjr", "camera.webm");
    }

    /** Camera and microphone in one file, moved by FFmpeg from one of each. */
    Path film() throws IOException {
        Path film = folder.resolve("film.webm");
        Path camera = camera();
        Path microphone = made("-audio.mjr", "microphone.opus");
        Tool.ffmpeg(List.of(
                "-nostdin", "-i", microphone.toString(), "-i", camera.toString(), "-c", "copy", film.toString()));
        return film;
    }

    private Path made(String ending, String name) throws IOException {
        Path made = folder.resolve(name);
        Tool.run(PROGRAM, file(ending).toString(), made.toString());
        return made;
    }

    private Path file(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() -> new IOException("No file in " + folder + " ends with " + ending));
        }
    }
}
