package org.everytake.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of recordings, of stores and of the rooms, each in a file {@code {id}.{kind}} that is durable before it is
 * handed out.
 * Any thread; the lock is held while a key's file is made or destroyed.
 */
public final class Keys {
    private static final Logger log = LoggerFactory.getLogger(Keys.class);
    private static final Pattern RECORDING = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern FILE =
            Pattern.compile("[A-Za-z0-9-]{1,64}\\.(tape|masters|renditions|storage|passes)");

    private final Path folder;
    private final MasterKeys masters;
    private final RandomGenerator random;

    private Keys(Path folder, MasterKeys masters, RandomGenerator random) {
        this.folder = folder;
        this.masters = masters;
        this.random = random;
    }

    /**
     * Takes the folder, made if missing, with master keys from somewhere else.
     *
     * @throws KeyFault if a key there was wrapped by another one
     */
    public static Keys open(Path folder, MasterKeys masters, RandomGenerator random) throws IOException, KeyFault {
        Folders.create(folder);
        Folders.deleteHidden(folder);
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            byte[] id = WrappedKey.masterId(name, Files.readAllBytes(file));
            if (id == null) {
                log.error("The key {} is damaged: what it sealed cannot be read", name);
                continue;
            }
            MasterKey unused = masters.withId(name, id);
            if (!masters.hasEarlier()) {
                break; // the others have the same: one by one they are only while they are being wrapped anew
            }
        }
        return new Keys(folder, masters, random);
    }

    /**
     * Takes the folder with the master key in this file, which is made at the first start.
     *
     * @param random cryptographically strong
     * @throws KeyFault if the file is missing though keys wrapped by it exist, or holds another master key
     */
    public static Keys open(Path folder, Path masterKeyFile, RandomGenerator random) throws IOException, KeyFault {
        Folders.create(folder);
        if (!Files.exists(masterKeyFile)) {
            List<Path> wrapped = files(folder);
            if (!wrapped.isEmpty()) {
                throw new KeyFault(
                        "The master key file " + masterKeyFile + " is missing, but keys wrapped by it exist ("
                                + wrapped.getFirst()
                                + "). Put it back from its backup; without it no recording can be opened.");
            }
            return open(folder, MasterKeys.create(masterKeyFile, random), random);
        }
        return open(folder, MasterKeys.read(masterKeyFile), random);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Whose keys of this kind there are in a folder that nobody has opened, which may be missing. */
    static List<String> ids(Path folder, KeyKind kind) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return files(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(kind.fileSuffix()))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .toList();
    }

    /** The key, or null if there is none, or none any more. */
    public @Nullable DataKey find(String recording, KeyKind kind) throws IOException, KeyFault {
        return find(folder, masters, recording, kind);
    }

    /** The same of a folder that nobody has opened. */
    static @Nullable DataKey find(Path folder, MasterKeys masters, String recording, KeyKind kind)
            throws IOException, KeyFault {
        Path file = file(folder, recording, kind);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
        return WrappedKey.unwrap(masters, file.getFileName().toString(), bytes);
    }

    /** The key; a new one, durable when this returns, if there was none. */
    public synchronized DataKey obtain(String recording, KeyKind kind) throws IOException, KeyFault {
        DataKey found = find(recording, kind);
        if (found != null) {
            return found;
        }
        byte[] secret = new byte[DataKey.BYTES];
        random.nextBytes(secret);
        DataKey key = DataKey.of(secret);
        Path file = file(folder, recording, kind);
        Folders.writeSecret(
                file, WrappedKey.wrap(masters.current(), file.getFileName().toString(), key, random));
        return key;
    }

    /**
     * What became of the keys when the master key changed.
     *
     * @param wrapped how many the current master key wraps now and did not before
     * @param damaged the names of those that nobody can unwrap
     */
    public record Rewrapped(int wrapped, List<String> damaged) {
        public Rewrapped {
            damaged = List.copyOf(damaged);
        }
    }

    /** Wraps anew by the current master key what an earlier one has wrapped. No object changes. Twice equals once. */
    public synchronized Rewrapped rewrap() throws IOException, KeyFault {
        int wrapped = 0;
        List<String> damaged = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            byte[] bytes = Files.readAllBytes(file);
            byte[] id = WrappedKey.masterId(name, bytes);
            if (id != null && masters.isCurrent(id)) {
                continue;
            }
            DataKey key;
            try {
                key = WrappedKey.unwrap(masters, name, bytes);
            } catch (KeyFault e) {
                log.error("A key is left as it is", e);
                damaged.add(name);
                continue;
            }
            Folders.writeSecret(file, WrappedKey.wrap(masters.current(), name, key, random));
            wrapped++;
        }
        return new Rewrapped(wrapped, damaged);
    }

    /**
     * Puts a new master key in place of the one in this file, and wraps all keys anew by it. Nobody else may use them
     * meanwhile. Until the end the file holds both, so that whatever cuts this short loses nothing; the next time
     * goes on with the same.
     *
     * @throws KeyFault as {@link #open(Path, Path, RandomGenerator)} does
     */
    public static Rewrapped rotate(Path folder, Path masterKeyFile, RandomGenerator random)
            throws IOException, KeyFault {
        MasterKeys masters = open(folder, masterKeyFile, random).masters;
        if (!masters.hasEarlier()) {
            masters = masters.renewed(random).written(masterKeyFile);
        }
        Rewrapped all = open(folder, masters, random).rewrap();
        MasterKeys unused = masters.currentOnly().written(masterKeyFile);
        return all;
    }

    /** Destroys the key, durably, and with it everything that was sealed with it; false if there was none. */
    public synchronized boolean destroy(String recording, KeyKind kind) throws IOException {
        Path file = file(folder, recording, kind);
        if (!Files.exists(file)) {
            return false;
        }
        // first its name goes, durably, so that a crash leaves no key that looks damaged
        Path hidden = file.resolveSibling("." + file.getFileName() + ".destroyed");
        Folders.name(file, hidden);
        try (FileChannel channel = FileChannel.open(hidden, StandardOpenOption.WRITE)) {
            // some file systems write in place: then not even the wrapped key is left on the disk
            channel.write(ByteBuffer.allocate(WrappedKey.BYTES), 0);
            channel.force(true);
        }
        Files.delete(hidden);
        Folders.force(folder);
        return true;
    }

    private static Path file(Path folder, String recording, KeyKind kind) {
        if (!RECORDING.matcher(recording).matches()) {
            throw new IllegalArgumentException("\"" + recording + "\" is not the id of what keys belong to");
        }
        return folder.resolve(recording + kind.fileSuffix());
    }
}
