package org.everytake.studio.inspect;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.everytake.studio.config.DataLayout;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.read.SpoolFolder;
import org.everytake.vault.DataKey;
import org.everytake.vault.Inspection;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;
import org.everytake.vault.MasterKeys;
import org.everytake.vault.NoSuchObject;

/** The tapes that lie in a data folder, on the spool and in the vault, for one who only reads them. One thread. */
public final class TapesAtRest {
    /** A server may be shipping or erasing what is opened. */
    private static final int ATTEMPTS = 5;

    private final SpoolFolder spool;
    private final Inspection vault;

    TapesAtRest(DataLayout data, Inspection vault) {
        this.spool = new SpoolFolder(data.spool());
        this.vault = vault;
    }

    /** @param masters without the right one nothing can be opened */
    public static TapesAtRest of(DataLayout data, MasterKeys masters) {
        return new TapesAtRest(data, Inspection.of(data.vault(), data.keys(), masters));
    }

    /** Every recording of which there is anything, by id. */
    public Set<String> recordings() throws IOException {
        Set<String> ids = new TreeSet<>(spool.recordings());
        vault.list(VaultShelf.RECORDINGS).forEach(object -> {
            String rest = object.name().substring(VaultShelf.RECORDINGS.length());
            ids.add(rest.substring(0, Math.max(0, rest.indexOf('/'))));
        });
        ids.removeIf(id -> !SpoolFolder.isRecording(id));
        return ids;
    }

    /**
     * A recording's tape, to be closed by the caller; one that is being written goes as far as it has been.
     *
     * @throws TapeFault if there is nothing of it, no key, or nothing that can be read
     */
    public RecordedTape open(String recording) throws IOException, TapeFault {
        IOException vanished = new IOException("nothing of recording " + recording + " stayed where it was");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return RecordedTape.read(segments(recording), key(recording));
            } catch (NoSuchFileException | NoSuchObject e) {
                vanished = e;
            }
        }
        throw vanished;
    }

    /** First those on the spool: whatever leaves it is in the vault by then. */
    private List<SegmentSource> segments(String recording) throws IOException, TapeFault {
        List<SegmentSource> segments = new ArrayList<>(spool.segments(recording));
        segments.addAll(VaultSegment.of(vault, recording));
        if (segments.isEmpty()) {
            throw new TapeFault("There is nothing of a recording " + recording + ".");
        }
        return segments;
    }

    private TapeKey key(String recording) throws IOException, TapeFault {
        try {
            DataKey key = vault.key(recording, KeyKind.TAPE);
            if (key == null) {
                throw new TapeFault("The tape of recording " + recording + " cannot be read: its key is gone.");
            }
            return TapeKey.of(key.secret());
        } catch (KeyFault e) {
            throw new TapeFault(String.valueOf(e.getMessage()), e);
        }
    }
}
