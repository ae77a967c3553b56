package org.everytake.studio.inspect;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.everytake.studio.config.DataLayout;
import org.everytake.vault.Inspection;
import org.everytake.vault.NoSuchObject;

/** Looks at all that there is of one recording. */
final class RecordingInspector {
    /** A server may be shipping, erasing or deleting what is looked at. */
    private static final int ATTEMPTS = 5;

    private final TapeInspector tape;
    private final ObjectInspector objects;

    RecordingInspector(DataLayout data, Inspection vault) {
        this.tape = new TapeInspector(data, vault);
        this.objects = new ObjectInspector(vault);
    }

    /** What was found; nothing if there is nothing of it, or not any more. */
    List<Finding> inspect(String recording) {
        String vanished = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                List<Finding> findings = new ArrayList<>(tape.inspect(recording));
                findings.addAll(objects.inspect(recording));
                return findings;
            } catch (NoSuchFileException | NoSuchObject e) {
                vanished = e.getMessage() + " (it was there a moment ago)";
            } catch (IOException e) {
                return List.of(Finding.damaged(recording, "it cannot be read: " + e.getMessage()));
            }
        }
        return List.of(Finding.missing(recording, vanished));
    }
}
