package org.everytake.studio.inspect;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataLayout;
import org.everytake.studio.library.VaultShelf;
import org.everytake.vault.Inspection;
import org.everytake.vault.KeyKind;
import org.everytake.vault.MasterKeys;

/**
 * Reads all that was recorded into a data folder, or one recording of it, and says what is whole, what is damaged and what
 * is missing, recording by recording. A server may be running: nothing is written, made or locked. One thread.
 */
public final class Verification {
    private final DataLayout data;
    private final Inspection vault;
    private final Map<Finding.Verdict, Integer> counts = new EnumMap<>(Finding.Verdict.class);
    private int recordings;
    private int unwell;
    private int elsewhere;
    private long wholeBytes;

    private Verification(DataLayout data, Inspection vault) {
        this.data = data;
        this.vault = vault;
    }

    /** @param masters without the right one nothing can be opened */
    public static Verification of(DataLayout data, MasterKeys masters) {
        return new Verification(data, Inspection.of(data.vault(), data.keys(), masters));
    }

    /**
     * Looks at every recording, by id.
     *
     * @param say gets each line, and at the end the sum
     * @return whether all is whole
     */
    public boolean all(Consumer<String> say) throws CannotStart {
        Set<String> ids;
        try {
            ids = new TapesAtRest(data, vault).recordings();
            for (String id : vault.recordings(KeyKind.TAPE)) {
                if (!vault.isThere() || vault.seemsElsewhere(VaultShelf.RECORDINGS + id + "/")) {
                    ids.add(id);
                }
            }
        } catch (IOException e) {
            throw new CannotStart("The data folder " + data.root() + " cannot be read: " + e.getMessage() + ".", e);
        }
        return look(ids, say);
    }

    /** Looks at one recording. */
    public boolean one(String recording, Consumer<String> say) throws CannotStart {
        boolean whole = look(List.of(recording), say);
        if (recordings == 0) {
            throw new CannotStart("There is nothing of a recording " + recording + " in " + data.root() + ".");
        }
        return whole;
    }

    private boolean look(Collection<String> ids, Consumer<String> say) {
        RecordingInspector inspector = new RecordingInspector(data, vault);
        for (String id : ids) {
            List<Finding> findings = inspector.inspect(id);
            findings.forEach(finding -> {
                say.accept(finding.line());
                counts.merge(finding.verdict(), 1, Integer::sum);
                wholeBytes += finding.sizeBytes();
            });
            recordings += findings.isEmpty() ? 0 : 1;
            elsewhere += findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.ELSEWHERE) ? 1 : 0;
            unwell += findings.stream().allMatch(Finding::isWell) ? 0 : 1;
        }
        if (recordings > 0 || ids.isEmpty()) {
            say.accept(sum());
        }
        return unwell == 0;
    }

    private String sum() {
        if (recordings == 0) {
            return "There are no recordings.";
        }
        String what = Finding.count(recordings, "recording") + ", " + Finding.megabytes(wholeBytes);
        String notHere = elsewhere == 0
                ? ""
                : " Not looked at was the tape, or a part of it, of " + Finding.count(elsewhere, "recording")
                        + " that has nothing in the vault here: it lies in a bucket of an organisation's own, or is lost.";
        return unwell == 0
                ? what + (elsewhere == 0 ? ": all is whole." : ": all that is here is whole." + notHere)
                : what + " of it whole: " + unwell + (unwell == 1 ? " is not: " : " are not: ")
                        + counts.getOrDefault(Finding.Verdict.DAMAGED, 0) + " damaged, "
                        + counts.getOrDefault(Finding.Verdict.MISSING, 0) + " missing." + notHere;
    }
}
