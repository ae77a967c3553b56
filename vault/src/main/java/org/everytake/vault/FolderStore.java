package org.everytake.vault;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files of a folder. What is being put lies in {@code .parts} until it is whole. An object and a folder of
 * objects cannot have the same name here. Any thread; the lock is held while names change, never while bytes move.
 */
public final class FolderStore implements Store {
    private static final String PARTS = ".parts";

    private final Path root;
    private final Path parts;
    private final AtomicLong nextPart = new AtomicLong();
    private final Object names = new Object();

    private FolderStore(Path root) {
        this.root = root;
        this.parts = root.resolve(PARTS);
    }

    /** Takes the folder, made if missing; clears what an earlier run did not finish. One process at a time. */
    public static FolderStore open(Path root) throws IOException {
        FolderStore store = new FolderStore(root);
        Folders.create(store.parts);
        Folders.empty(store.parts);
        return store;
    }

    /** The objects of a folder as they lie there, for one who only reads: nothing is made, and nothing cleared. */
    static FolderStore reading(Path root) {
        return new FolderStore(root);
    }

    @Override
    public void put(String name, Content content) throws IOException {
        Path target = path(name);
        Path part = parts.resolve(Long.toString(nextPart.getAndIncrement()));
        try {
            if (!linked(part, content.file())) {
                write(part, content);
            }
            synchronized (names) {
                Folders.create(Folders.folderOf(target));
                Folders.name(part, target);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Whether the part is the file itself, under a second name, as on one file system it can be. */
    private static boolean linked(Path part, @Nullable Path file) throws IOException {
        if (file == null) {
            return false;
        }
        try {
            Files.createLink(part, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
        Files.setPosixFilePermissions(part, Folders.OWNER_ONLY.value());
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return true;
    }

    private static void write(Path part, Content content) throws IOException {
        Files.createFile(part, Folders.OWNER_ONLY);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 64 << 10)) {
            content.writeTo(new Unclosed(out));
            out.flush();
            channel.force(true);
        }
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        Path path = path(name);
        try {
            if (!Files.isDirectory(path)) {
                return Files.newByteChannel(path, StandardOpenOption.READ);
            }
        } catch (NoSuchFileException e) {
            // the same as a folder of that name: no object
        }
        throw new NoSuchObject(name);
    }

    @Override
    public long size(String name) throws IOException {
        try (SeekableByteChannel channel = open(name)) {
            return channel.size();
        }
    }

    @Override
    public List<Stored> list(String prefix) throws IOException {
        ObjectName.requirePrefix(prefix);
        Path from = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        if (!Files.isDirectory(from)) {
            return List.of();
        }
        synchronized (names) { // or a file could go while it is counted
            try (Stream<Path> files = Files.walk(from)) {
                return files.filter(file -> !file.startsWith(parts) && Files.isRegularFile(file))
                        .map(file -> new Stored(name(file), file.toFile().length()))
                        .filter(stored -> stored.name().startsWith(prefix))
                        .sorted(Comparator.comparing(Stored::name))
                        .toList();
            }
        }
    }

    @Override
    public boolean delete(String name) throws IOException {
        Path path = path(name);
        synchronized (names) {
            if (Files.isDirectory(path) || !Files.deleteIfExists(path)) {
                return false;
            }
            Path folder = Folders.folderOf(path);
            Folders.force(folder);
            prune(folder);
            return true;
        }
    }

    /** Takes away folders in which nothing is left. */
    private void prune(Path from) throws IOException {
        Path stop = root.toAbsolutePath();
        for (Path folder = from; !folder.equals(stop); folder = Folders.folderOf(folder)) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private Path path(String name) {
        return root.resolve(ObjectName.require(name));
    }

    private String name(Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /** The file is forced before it is closed, whatever the content does. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
