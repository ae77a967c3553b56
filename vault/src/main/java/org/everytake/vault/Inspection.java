package org.everytake.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the objects and the keys of a data folder as they lie there, while a server may be using them. Reads, and
 * never writes: nothing is made, cleared or locked. Any thread.
 */
public final class Inspection {
    private static final int ATTEMPTS = 10;

    private final Path vault;
    private final FolderStore store;
    private final Path keys;
    private final MasterKeys masters;

    private Inspection(Path vault, Path keys, MasterKeys masters) {
        this.vault = vault;
        this.store = FolderStore.reading(vault);
        this.keys = keys;
        this.masters = masters;
    }

    /**
     * @param vault folder of the objects; one that is not there holds none
     * @param keys folder of the wrapped keys
     */
    public static Inspection of(Path vault, Path keys, MasterKeys masters) {
        return new Inspection(vault, keys, masters);
    }

    /** Every object whose name begins so, by name. */
    public List<Stored> list(String prefix) throws IOException {
        IOException vanished = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return store.list(prefix);
            } catch (NoSuchFileException e) {
                vanished = e; // deleted while the folders were walked
            } catch (UncheckedIOException e) {
                vanished = e.getCause();
            }
        }
        throw Objects.requireNonNull(vanished);
    }

    /**
     * An object's bytes as they lie there, at position 0; the caller closes it.
     *
     * @throws NoSuchObject if there is none
     */
    public SeekableByteChannel open(String name) throws IOException {
        return store.open(name);
    }

    /**
     * Opens every frame of a sealed object.
     *
     * @return the frames that are not authentic; none if all is well
     * @throws NoSuchObject if there is none
     * @throws IOException if it cannot be opened at all
     */
    public List<ObjectDamage> check(String name, DataKey key) throws IOException {
        return new ObjectSeal(key).check(name, store.open(name));
    }

    /** Whether there is a folder of objects; every server makes one when it starts. */
    public boolean isThere() {
        return Files.isDirectory(vault);
    }

    /**
     * Whether objects of which none lies here seem to lie elsewhere, in a store of an organisation's own: there are keys of
     * such stores. Which of them has what, only the database knows. False if there is no folder of objects at all.
     */
    public boolean seemsElsewhere(String prefix) throws IOException {
        return isThere()
                && !Keys.ids(keys, KeyKind.STORAGE).isEmpty()
                && list(prefix).isEmpty();
    }

    /** The recordings that have a key of this kind, by id. */
    public List<String> recordings(KeyKind kind) throws IOException {
        return Keys.ids(keys, kind);
    }

    /**
     * A recording's key, or null if there is none.
     *
     * @throws KeyFault if it is damaged, or wrapped by another master key
     */
    public @Nullable DataKey key(String recording, KeyKind kind) throws IOException, KeyFault {
        return Keys.find(keys, masters, recording, kind);
    }
}
