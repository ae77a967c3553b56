package org.everytake.tape.read;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentName;

/** A spool's folder, for one who only reads it, while another process may be writing there. Any thread. */
public record SpoolFolder(Path folder) {

    /** Whether a recording can have this id. */
    public static boolean isRecording(String name) {
        return SegmentHeader.isId(name);
    }

    /** The recordings of which a segment lies here, by name; none if there is no such folder. */
    public List<String> recordings() throws IOException {
        List<String> recordings = new ArrayList<>();
        for (Path home : list(folder)) {
            String name = String.valueOf(home.getFileName());
            if (isRecording(name) && Files.isDirectory(home) && !segments(name).isEmpty()) {
                recordings.add(name);
            }
        }
        return recordings;
    }

    /** The segments of a recording, by name. One that is sealed before it is opened is found all the same. */
    public List<SegmentSource> segments(String recording) throws IOException {
        List<SegmentSource> segments = new ArrayList<>();
        for (Path file : list(folder.resolve(SegmentHeader.requireId(recording)))) {
            SegmentName name = SegmentName.parse(String.valueOf(file.getFileName()));
            if (name != null) {
                segments.add(new OnSpool(file, name));
            }
        }
        return segments;
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of(); // erased since
        }
    }

    private record OnSpool(Path file, SegmentName segment) implements SegmentSource {
        @Override
        public String name() {
            return segment.toString();
        }

        @Override
        public SeekableByteChannel open() throws IOException {
            try {
                return SegmentSource.of(file).open();
            } catch (NoSuchFileException e) {
                for (SegmentName.State state : SegmentName.State.values()) {
                    Path other = file.resolveSibling(new SegmentName(segment.ordinal(), state).toString());
                    if (segment.state() == SegmentName.State.OPEN && Files.exists(other)) {
                        return SegmentSource.of(other).open();
                    }
                }
                throw e;
            }
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
