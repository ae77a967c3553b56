package org.everytake.studio.library;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.storage.Vaults;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.SegmentSource;
import org.everytake.vault.Content;
import org.everytake.vault.DataKey;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;
import org.everytake.vault.Scratch;
import org.everytake.vault.Sealing;
import org.everytake.vault.Stored;
import org.everytake.vault.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Where the things of recordings lie in the vault, and by which keys:
 *
 * <pre>
 *   recordings/{recording}/tape/{segment}           verbatim, sealed by the tape itself
 *   recordings/{recording}/renditions/{rendition}   sealed with the recording's key of renditions
 *   recordings/{recording}/thumbnail                likewise
 *   recordings/{recording}/companions/{kind}        likewise: poster, waveform, chapters
 *   recordings/{recording}/film/{number}            likewise: pieces, until the file of everybody is there
 *   files/{title}/{time}-{id}/{name}                verbatim, encrypted by S3: in organisations' buckets, for other tools
 * </pre>
 *
 * <p>Any thread; may block.
 */
public final class VaultShelf implements SegmentShelf, TapeKeys {
    /** What the names of all objects begin with; a recording's id follows. */
    public static final String RECORDINGS = "recordings/";

    /** How the names of a recording's segments go on behind its id; all else is sealed with its key of renditions. */
    public static final String TAPE = "/tape/";

    private static final int BUFFER_BYTES = 256 * 1024;

    private final Vaults vaults;
    private final Keys keys;

    public VaultShelf(Vaults vaults, Keys keys) {
        this.vaults = vaults;
        this.keys = keys;
    }

    @Override
    public TapeKey create(UUID recording) throws IOException {
        try {
            return TapeKey.of(keys.obtain(recording.toString(), KeyKind.TAPE).secret());
        } catch (KeyFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Optional<TapeKey> find(UUID recording) throws IOException {
        try {
            return Optional.ofNullable(keys.find(recording.toString(), KeyKind.TAPE))
                    .map(DataKey::secret)
                    .map(TapeKey::of);
        } catch (KeyFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void put(UUID recording, String segment, Path file) throws IOException {
        vaults.of(recording).put(segmentObject(recording, segment), Sealing.VERBATIM, Content.of(file));
    }

    @Override
    public SegmentSource source(UUID recording, String segment) {
        return new SegmentSource() {
            @Override
            public String name() {
                return segment;
            }

            @Override
            public SeekableByteChannel open() throws IOException {
                return vaults.of(recording).open(segmentObject(recording, segment), Sealing.VERBATIM);
            }

            @Override
            public String toString() {
                return segmentObject(recording, segment);
            }
        };
    }

    @Override
    public void delete(UUID recording, String segment) throws IOException {
        vaults.of(recording).delete(segmentObject(recording, segment));
    }

    @Override
    public boolean provesPuts(UUID recording) throws IOException {
        return vaults.of(recording).provesPuts();
    }

    private static String segmentObject(UUID recording, String segment) {
        return RECORDINGS + recording + TAPE + segment;
    }

    /** The name of a rendition's file. */
    public static String renditionObject(UUID recording, UUID rendition) {
        return RECORDINGS + recording + "/renditions/" + rendition;
    }

    /** The name of a recording's picture, which is sealed as its renditions are. */
    public static String thumbnailObject(UUID recording) {
        return RECORDINGS + recording + "/thumbnail";
    }

    /** The name of what goes with a recording's film, which is sealed as its renditions are. */
    public static String companionObject(UUID recording, Companion.Kind kind) {
        return RECORDINGS + recording + "/companions/" + kind.word();
    }

    /** The name of a piece of a recording's film, which is sealed as its renditions are. */
    public static String pieceObject(UUID recording, int number) {
        return filmObjects(recording) + number;
    }

    private static String filmObjects(UUID recording) {
        return RECORDINGS + recording + "/film/";
    }

    /** Deletes the pieces of a recording's film. */
    public void deleteFilm(UUID recording) throws IOException {
        Vault vault = vaults.of(recording);
        for (Stored object : vault.list(filmObjects(recording))) {
            vault.delete(object.name());
        }
    }

    /** A rendition's bytes, from the first on. */
    public InputStream openRendition(UUID recording, String object) throws IOException {
        Sealing sealing = renditionSealing(recording)
                .orElseThrow(() -> new IOException("the key of the renditions of " + recording + " was destroyed"));
        return new BufferedInputStream(
                Channels.newInputStream(vaults.of(recording).open(object, sealing)), BUFFER_BYTES);
    }

    /** Keeps a rendition's file, sealed: durable, and whole or not at all. Replaces what was there. */
    public void putRendition(UUID recording, String object, Content content) throws IOException {
        try {
            Sealing sealing = Sealing.with(keys.obtain(recording.toString(), KeyKind.RENDITIONS));
            vaults.of(recording).put(object, sealing, content);
        } catch (KeyFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Room in a folder for what is to become renditions of a recording: sealed as they are, and there until it is deleted. */
    public Scratch unfinished(UUID recording, Path folder) throws IOException {
        try {
            return Scratch.resume(folder, keys.obtain(recording.toString(), KeyKind.RENDITIONS));
        } catch (KeyFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Destroys every key of a recording, durably, and so all that was sealed with them. */
    void destroyKeys(UUID recording) throws IOException {
        for (KeyKind kind : KeyKind.values()) {
            keys.destroy(recording.toString(), kind);
        }
    }

    /** Destroys one key of a recording, durably, and so all of that kind. Twice equals once. */
    public void destroyKey(UUID recording, KeyKind kind) throws IOException {
        boolean unused = keys.destroy(recording.toString(), kind);
    }

    /** Deletes the segments of a recording. */
    public void deleteTape(UUID recording) throws IOException {
        Vault vault = vaults.of(recording);
        for (Stored object : vault.list(RECORDINGS + recording + TAPE)) {
            vault.delete(object.name());
        }
    }

    /**
     * Deletes whatever else a recording has in the vault.
     *
     * @param copies of its files, for other tools
     */
    public void deleteAllButTape(UUID recording, Collection<String> copies) throws IOException {
        Vault vault = vaults.of(recording);
        for (String copy : copies) {
            vault.delete(copy);
        }
        for (Stored object : vault.list(RECORDINGS + recording + "/")) {
            if (!object.name().startsWith(RECORDINGS + recording + TAPE)) {
                vault.delete(object.name());
            }
        }
    }

    /**
     * Deletes one file of a recording.
     *
     * @param copy for other tools, null if there is none
     */
    public void deleteRendition(UUID recording, UUID rendition, @Nullable String copy) throws IOException {
        Vault vault = vaults.of(recording);
        if (copy != null) {
            vault.delete(copy);
        }
        vault.delete(renditionObject(recording, rendition));
    }

    /** Fails at once, and not after an hour of rendering, if the store of a recording cannot be asked for anything. */
    public void requireStore(UUID recording) throws IOException {
        var unused = vaults.of(recording).list(RECORDINGS + recording + "/renditions/");
    }

    /**
     * Deletes whatever a recording has in the vault.
     *
     * @param copies of its files, for other tools
     */
    void deleteAll(UUID recording, Collection<String> copies) throws IOException {
        Vault vault = vaults.of(recording);
        for (Stored object : vault.list(RECORDINGS + recording + "/")) {
            vault.delete(object.name());
        }
        for (String copy : copies) {
            vault.delete(copy);
        }
    }

    /** How the renditions of a recording are sealed; empty once their key was destroyed, and they with it. */
    public Optional<Sealing> renditionSealing(UUID recording) throws IOException {
        try {
            return Optional.ofNullable(keys.find(recording.toString(), KeyKind.RENDITIONS))
                    .map(Sealing::with);
        } catch (KeyFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
