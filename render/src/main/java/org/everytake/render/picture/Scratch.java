package org.everytake.render.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder of one chunk for its pipes and stills, readable by nobody else, gone when closed. One thread. */
final class Scratch implements AutoCloseable {
    private final Path folder;

    Scratch(Path parent) throws IOException {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(
                parent, "chunk-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    Path folder() {
        return folder;
    }

    Path still(String name, byte[] png) throws IOException {
        return Files.write(folder.resolve(name), png);
    }

    /** Makes named pipes, all with one call of the system's {@code mkfifo}. */
    List<Fifo> fifos(int count) throws IOException, InterruptedException {
        List<Fifo> fifos = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
        for (int i = 0; i < count; i++) {
            Path path = folder.resolve("pane" + i + ".ivf");
            fifos.add(new Fifo(path));
            command.add(path.toString());
        }
        if (count > 0) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String complaint = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IOException("No named pipe can be made in " + folder + ": " + complaint.strip());
            }
        }
        return fifos;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
