package org.everytake.studio.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder in which one server keeps everything, held against a second one for as long as this is open.
 *
 * <pre>
 *   version   the number of this layout          spool/    tape of running and young recordings
 *   lock      held while a server runs           vault/    sealed objects
 *   postgres/ the embedded database              keys/     wrapped keys
 *   scratch/  emptied at each start          self-signed.pem  a certificate of our own making
 *   unfinished/  sealed pieces of renders under way
 * </pre>
 */
public final class DataFolder implements AutoCloseable {
    /** The layout that this program writes. Raise it when an older program would misread what a newer one wrote. */
    public static final int VERSION = 1;

    private static final String LOCK = "lock";

    /** What may lie in a folder that counts as empty: a start cut short, and what file systems put there. */
    private static final Set<String> OF_NO_ACCOUNT = Set.of(LOCK, "version.new", "lost+found");

    private final Path root;
    private final DataLayout layout;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.layout = new DataLayout(root);
        this.lockFile = lockFile;
    }

    /** Makes the folder if it is not there, takes its lock, and checks that it is ours to write. */
    public static DataFolder open(Path root) throws CannotStart {
        FileChannel lockFile;
        try {
            Files.createDirectories(root);
            lockFile = FileChannel.open(
                    root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw cannotWrite(root, e);
        }
        var folder = new DataFolder(root, lockFile);
        try {
            folder.lock();
            folder.checkVersion();
            folder.makeRooms();
            return folder;
        } catch (IOException e) {
            folder.close();
            throw cannotWrite(root, e);
        } catch (CannotStart e) {
            folder.close();
            throw e;
        }
    }

    /** Whether a server in another process holds the folder. */
    public static boolean isInUse(Path root) throws IOException {
        Path file = root.resolve(LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** A data folder that is there, for one who only reads it: nothing is made, and nothing locked. */
    public static DataLayout look(Path root) throws CannotStart {
        var layout = new DataLayout(root);
        if (!Files.isRegularFile(layout.version())) {
            throw new CannotStart("The folder " + root + " is no data folder of Everytake.");
        }
        try {
            requireKnownVersion(layout.version());
            return layout;
        } catch (IOException e) {
            throw new CannotStart("The data folder " + root + " cannot be read: " + reason(e) + ".", e);
        }
    }

    public Path root() {
        return root;
    }

    public Path spool() {
        return layout.spool();
    }

    public Path vault() {
        return layout.vault();
    }

    public Path keys() {
        return layout.keys();
    }

    public Path masterKey() {
        return layout.masterKey();
    }

    public Path postgres() {
        return layout.postgres();
    }

    public Path scratch() {
        return layout.scratch();
    }

    public Path unfinished() {
        return layout.unfinished();
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lock() throws IOException, CannotStart {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new CannotStart("Another Everytake is running on the data folder " + root
                    + "; stop it, or choose another folder with --data.");
        }
    }

    private void checkVersion() throws IOException, CannotStart {
        Path file = layout.version();
        if (!Files.exists(file)) {
            try (Stream<Path> entries = Files.list(root)) {
                if (entries.map(Path::getFileName).anyMatch(name -> !OF_NO_ACCOUNT.contains(name.toString()))) {
                    throw new CannotStart("The folder " + root + " is not empty and is no data folder of Everytake;"
                            + " choose another one with --data.");
                }
            }
            writeAtomically(file, VERSION + "\n");
            return;
        }
        requireKnownVersion(file);
    }

    private static void requireKnownVersion(Path file) throws IOException, CannotStart {
        String text = Files.readString(file).strip();
        int version;
        try {
            version = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CannotStart(
                    "The file " + file + " does not hold a version number, so the data folder is not" + " touched.");
        }
        if (version > VERSION) {
            throw new CannotStart("The data folder " + file.getParent()
                    + " belongs to a newer version of Everytake (layout "
                    + version + ", this program knows " + VERSION + "); run that version, or choose another folder"
                    + " with --data.");
        }
    }

    private void makeRooms() throws IOException {
        for (Path room : new Path[] {spool(), vault(), keys(), postgres(), scratch(), unfinished()}) {
            Files.createDirectories(room);
        }
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> left = Files.walk(scratch()).sorted(Comparator.reverseOrder())) {
            for (Path path : left.filter(path -> !path.equals(scratch())).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void writeAtomically(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static CannotStart cannotWrite(Path root, IOException cause) {
        return new CannotStart(
                "The data folder " + root + " cannot be written: " + reason(cause)
                        + "; mend that, or choose another folder with --data.",
                cause);
    }

    private static String reason(IOException cause) {
        return cause instanceof AccessDeniedException
                ? "permission denied"
                : cause instanceof FileAlreadyExistsException
                        ? "it is not a folder"
                        : String.valueOf(cause.getMessage());
    }
}
