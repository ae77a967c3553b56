package org.everytake.studio.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.everytake.studio.config.DataLayout;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.Damage;
import org.everytake.tape.read.SegmentCheck;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.read.SpoolFolder;
import org.everytake.tape.read.TapeCheck;
import org.everytake.vault.DataKey;
import org.everytake.vault.Inspection;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;

/** Reads the tape of a recording, on the spool and in the vault, to its last byte. */
final class TapeInspector {
    private static final String SPOOL = "spool";
    private static final String VAULT = "vault";

    private final Path root;
    private final SpoolFolder spool;
    private final Inspection vault;

    TapeInspector(DataLayout data, Inspection vault) {
        this.root = data.root();
        this.spool = new SpoolFolder(data.spool());
        this.vault = vault;
    }

    /**
     * Nothing is found where there is neither a segment nor a key.
     *
     * @throws IOException if the folders cannot be read, or something in them vanished
     */
    List<Finding> inspect(String recording) throws IOException {
        // First the spool: whatever leaves it is in the vault by then.
        List<SegmentSource> sources = new ArrayList<>(spool.segments(recording));
        int onSpool = sources.size();
        sources.addAll(VaultSegment.of(vault, recording));
        DataKey key;
        try {
            key = vault.key(recording, KeyKind.TAPE);
        } catch (KeyFault e) {
            return List.of(Finding.missing(recording, String.valueOf(e.getMessage())));
        }
        if (key == null) {
            return sources.isEmpty()
                    ? List.of()
                    : List.of(Finding.missing(
                            recording,
                            "the key of the tape, so that " + Finding.count(sources.size(), "segment")
                                    + " cannot be opened"));
        }
        boolean elsewhere = vault.seemsElsewhere(VaultShelf.RECORDINGS + recording + "/");
        if (sources.isEmpty() && elsewhere) {
            return List.of(Finding.elsewhere(recording, "the tape: here is its key alone"));
        }
        if (sources.isEmpty()) {
            return List.of(Finding.missing(
                    recording,
                    vault.isThere()
                            ? "the tape: there is its key, but no segment"
                            : "the tape: there is its key, but no folder vault"));
        }
        TapeCheck tape = TapeCheck.of(sources, recording, TapeKey.of(key.secret()));
        List<Finding> findings = findings(recording, sources, onSpool, tape);
        tape.missing()
                .forEach(what -> findings.add(
                        elsewhere ? Finding.elsewhere(recording, what) : Finding.missing(recording, what)));
        return findings;
    }

    private List<Finding> findings(String recording, List<SegmentSource> sources, int onSpool, TapeCheck tape) {
        List<Finding> findings = new ArrayList<>();
        whole(recording, SPOOL, tape.segments().subList(0, onSpool), findings);
        whole(recording, VAULT, tape.segments().subList(onSpool, sources.size()), findings);
        boolean writing = false;
        for (int i = 0; i < sources.size(); i++) {
            SegmentCheck check = tape.segments().get(i);
            if (check.state() == SegmentCheck.State.OPEN) {
                writing = true;
                findings.add(Finding.writing(recording, place(sources.get(i)), check.wholeBytes()));
            }
            for (Damage damage : check.damage()) {
                findings.add(Finding.damaged(
                        recording, place(sources.get(i)) + " at byte " + damage.offset() + ": " + damage.what()));
            }
        }
        // What is unfinished lies on the spool, and the next start finishes it; nothing of it is only in the vault.
        if (!tape.ended() && !writing && onSpool == 0) {
            findings.add(Finding.missing(recording, "the end of the tape: its journal does not say that it stopped"));
        }
        return findings;
    }

    private static void whole(String recording, String where, List<SegmentCheck> checks, List<Finding> findings) {
        List<SegmentCheck> whole = checks.stream()
                .filter(check -> check.state() == SegmentCheck.State.WHOLE)
                .toList();
        if (!whole.isEmpty()) {
            String words =
                    Ordinals.words(whole.stream().map(SegmentCheck::ordinal).toList());
            long bytes = whole.stream().mapToLong(SegmentCheck::wholeBytes).sum();
            findings.add(Finding.whole(recording, where + ": " + words, bytes));
        }
    }

    /** Relative to the data folder. */
    private String place(SegmentSource source) {
        return source instanceof VaultSegment segment
                ? VAULT + "/" + segment.object()
                : root.relativize(Path.of(source.toString())).toString();
    }
}
