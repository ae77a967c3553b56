package org.everytake.vault;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * Room for what is in the making, in sealed files. A file that is there is whole: as long as it is written it has another
 * name. Nothing here is durable. Any thread; a file belongs to one at a time.
 */
public final class Scratch implements AutoCloseable {
    private static final String PART = ".part";

    private final Path folder;
    private final ObjectSeal seal;
    private final boolean stays;

    private Scratch(Path folder, ObjectSeal seal, boolean stays) {
        this.folder = folder;
        this.seal = seal;
        this.stays = stays;
    }

    /**
     * Takes the folder, made if missing, and empties it, now and at the end. The key exists only in this process's memory, so
     * that what a crash leaves is noise. One process at a time.
     */
    public static Scratch open(Path folder, RandomGenerator random) throws IOException {
        Folders.create(folder);
        Folders.empty(folder);
        byte[] secret = new byte[DataKey.BYTES];
        random.nextBytes(secret);
        return new Scratch(folder, new ObjectSeal(DataKey.of(secret)), false);
    }

    /** Takes the folder as it is, made if missing: what is there under this key outlives the process. */
    public static Scratch resume(Path folder, DataKey key) throws IOException {
        Folders.create(folder);
        return new Scratch(folder, new ObjectSeal(key), true);
    }

    /** Begins a file, in place of one of that name; it can be read once the stream is closed. */
    public OutputStream create(String name) throws IOException {
        Path file = path(name);
        Path part = file.resolveSibling(file.getFileName() + PART);
        Files.deleteIfExists(file);
        Files.deleteIfExists(part);
        Files.createFile(part, Folders.OWNER_ONLY);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.WRITE), 64 << 10) {
            @Override
            public void close() throws IOException {
                super.close();
                if (Files.exists(part)) { // it may be closed twice
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        };
        return seal.seal(name, out);
    }

    /** Whether there is such a file, whole. */
    public boolean has(String name) {
        return Files.exists(path(name));
    }

    /**
     * What is in a file, at position 0; the caller closes it.
     *
     * @throws NoSuchObject if there is none
     */
    public SeekableByteChannel open(String name) throws IOException {
        try {
            return seal.open(name, Files.newByteChannel(path(name), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            throw new NoSuchObject(name);
        }
    }

    /** Deletes a file, also one that was not finished; false if there was none. */
    public boolean delete(String name) throws IOException {
        Path file = path(name);
        boolean part = Files.deleteIfExists(file.resolveSibling(file.getFileName() + PART));
        return Files.deleteIfExists(file) || part;
    }

    /** Empties the folder, unless what is there shall stay. */
    @Override
    public void close() throws IOException {
        if (!stays) {
            Folders.empty(folder);
        }
    }

    private Path path(String name) {
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("scratch has no folders: \"" + name + "\"");
        }
        return folder.resolve(ObjectName.require(name));
    }
}
