package org.everytake.vault;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * Room for what is in the making: files sealed with a key that exists only in this process's memory, so that what a crash
 * leaves is noise. Emptied at start and at the end. Nothing here is durable. Any thread; a file belongs to one at a time.
 */
public final class Scratch implements AutoCloseable {
    private final Path folder;
    private final ObjectSeal seal;

    private Scratch(Path folder, ObjectSeal seal) {
        this.folder = folder;
        this.seal = seal;
    }

    /** Takes the folder, made if missing, and empties it. One process at a time. */
    public static Scratch open(Path folder, RandomGenerator random) throws IOException {
        Folders.create(folder);
        Folders.empty(folder);
        byte[] secret = new byte[DataKey.BYTES];
        random.nextBytes(secret);
        return new Scratch(folder, new ObjectSeal(DataKey.of(secret)));
    }

    /** Begins a file, in place of one of that name; it can be read once the stream is closed. */
    public OutputStream create(String name) throws IOException {
        Path file = path(name);
        Files.deleteIfExists(file);
        Files.createFile(file, Folders.OWNER_ONLY);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), 64 << 10);
        return seal.seal(name, out);
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

    /** Deletes a file; false if there was none. */
    public boolean delete(String name) throws IOException {
        return Files.deleteIfExists(path(name));
    }

    /** Empties the folder. */
    @Override
    public void close() throws IOException {
        Folders.empty(folder);
    }

    private Path path(String name) {
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("scratch has no folders: \"" + name + "\"");
        }
        return folder.resolve(ObjectName.require(name));
    }
}
