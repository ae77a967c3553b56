package org.everytake.studio.produce;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.render.Pieces;
import org.everytake.render.RenderPlan;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.VaultShelf;
import org.everytake.vault.Scratch;

/**
 * The pieces of renders that are under way, in files sealed as renditions are: after a crash what is encoded already is not
 * encoded again. They stay until they are forgotten. Any thread; those of one render are its own.
 */
public final class Unfinished {
    static final String SWEEP = "unfinished.sweep";

    private static final int ID_LENGTH = 36;

    private final Path folder;
    private final VaultShelf shelf;
    private final RenditionStore renditions;

    public Unfinished(Path folder, VaultShelf shelf, RenditionStore renditions) {
        this.folder = folder;
        this.shelf = shelf;
        this.renditions = renditions;
    }

    /**
     * Those of a rendition that were made by this plan and these programs, and room for more.
     *
     * @param madeWith programs and their versions
     */
    Pieces of(Rendition rendition, RenderPlan plan, String madeWith) throws IOException {
        byte[] made = (plan.dump() + madeWith).getBytes(StandardCharsets.UTF_8);
        String prefix = rendition.id() + "." + UUID.nameUUIDFromBytes(made) + ".";
        return new Kept(shelf.unfinished(rendition.recording(), folder), prefix);
    }

    private record Kept(Scratch files, String prefix) implements Pieces {
        @Override
        public OutputStream create(String name) throws IOException {
            return files.create(prefix + name);
        }

        @Override
        public InputStream open(String name) throws IOException {
            return Channels.newInputStream(files.open(prefix + name));
        }

        @Override
        public boolean has(String name) {
            return files.has(prefix + name);
        }
    }

    /** Deletes the pieces of a rendition, by whatever plan they were made. */
    void forget(UUID rendition) throws IOException {
        for (Path file : files()) {
            if (file.getFileName().toString().startsWith(rendition.toString())) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().length() > ID_LENGTH)
                    .toList();
        }
    }

    /** Forgets those of renditions that nobody makes any more. */
    JobKind sweeping() {
        return JobKind.every(SWEEP, Duration.ofDays(1), job -> {
            for (Path file : files()) {
                UUID rendition = UUID.fromString(file.getFileName().toString().substring(0, ID_LENGTH));
                boolean wanted = renditions
                        .find(rendition)
                        .filter(found -> !found.state().isSettled())
                        .isPresent();
                if (!wanted) {
                    Files.deleteIfExists(file);
                }
            }
        });
    }
}
