package org.everytake.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The master key that wraps, and before it is forgotten those that did so earlier: as text one after another in Base64,
 * the newest first. Prints their ids, never themselves.
 */
public final class MasterKeys {
    private final List<MasterKey> keys;
    private final String origin;

    private MasterKeys(List<MasterKey> keys, String origin) {
        this.keys = List.copyOf(keys);
        this.origin = origin;
    }

    /**
     * Keys given as text, as in a setting: each Base64 of 32 bytes, with commas or blanks between.
     *
     * @param origin what to call that in messages
     */
    public static MasterKeys ofText(String text, String origin) throws KeyFault {
        List<MasterKey> keys = new ArrayList<>();
        for (String one : text.strip().split("[\\s,]+")) {
            keys.add(MasterKey.ofText(one, origin));
        }
        return new MasterKeys(keys, origin);
    }

    /**
     * Those in a file.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    public static MasterKeys read(Path file) throws IOException, KeyFault {
        return ofText(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
    }

    /** A new one in a new file that only its owner may read. */
    static MasterKeys create(Path file, RandomGenerator random) throws IOException {
        Folders.create(Folders.folderOf(file));
        return new MasterKeys(List.of(), file.toString()).renewed(random).written(file);
    }

    /** These, behind a new one. */
    MasterKeys renewed(RandomGenerator random) {
        List<MasterKey> all = new ArrayList<>();
        all.add(MasterKey.create(random));
        all.addAll(keys);
        return new MasterKeys(all, origin);
    }

    /** Without the earlier ones. */
    MasterKeys currentOnly() {
        return new MasterKeys(List.of(current()), origin);
    }

    /** Puts them into the file: durable, all or none. */
    MasterKeys written(Path file) throws IOException {
        String text = keys.stream().map(key -> key.text() + "\n").collect(Collectors.joining());
        Folders.writeSecret(file, text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** The one that wraps. */
    MasterKey current() {
        return keys.getFirst();
    }

    boolean isCurrent(byte[] id) {
        return Arrays.equals(current().id(), id);
    }

    boolean hasEarlier() {
        return keys.size() > 1;
    }

    /**
     * The one that has wrapped a key.
     *
     * @param name the key's, for the message
     */
    MasterKey withId(String name, byte[] id) throws KeyFault {
        return keys.stream()
                .filter(key -> Arrays.equals(key.id(), id))
                .findFirst()
                .orElseThrow(() -> new KeyFault("The key " + name + " was wrapped by master key " + MasterKey.name(id)
                        + ", but what is given is " + this + ". Give the one that wrapped it."));
    }

    @Override
    public String toString() {
        return keys.stream().map(MasterKey::toString).collect(Collectors.joining(", ")) + " from " + origin;
    }
}
