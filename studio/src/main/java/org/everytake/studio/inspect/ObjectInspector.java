package org.everytake.studio.inspect;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.everytake.studio.library.VaultShelf;
import org.everytake.vault.DataKey;
import org.everytake.vault.Inspection;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;
import org.everytake.vault.NoSuchObject;
import org.everytake.vault.ObjectDamage;
import org.everytake.vault.Stored;

/** Opens every frame of the sealed objects of a recording: the files that were made of it. */
final class ObjectInspector {
    private final Inspection vault;

    ObjectInspector(Inspection vault) {
        this.vault = vault;
    }

    /** @throws IOException if the folders cannot be read, or something in them vanished */
    List<Finding> inspect(String recording) throws IOException {
        List<Stored> objects = vault.list(VaultShelf.RECORDINGS + recording + "/").stream()
                .filter(object -> !object.name().startsWith(VaultShelf.RECORDINGS + recording + VaultShelf.TAPE))
                .toList();
        if (objects.isEmpty()) {
            return List.of();
        }
        DataKey key;
        try {
            key = vault.key(recording, KeyKind.RENDITIONS);
        } catch (KeyFault e) {
            return List.of(Finding.missing(recording, String.valueOf(e.getMessage())));
        }
        if (key == null) {
            return List.of(Finding.missing(
                    recording,
                    "the key of the renditions, so that " + Finding.count(objects.size(), "object")
                            + " cannot be opened"));
        }
        List<Finding> findings = new ArrayList<>();
        for (Stored object : objects) {
            findings.addAll(inspect(recording, object, key));
        }
        return findings;
    }

    private List<Finding> inspect(String recording, Stored object, DataKey key) throws IOException {
        String place = "vault/" + object.name();
        List<ObjectDamage> damage;
        try {
            damage = vault.check(object.name(), key);
        } catch (NoSuchObject | NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return List.of(Finding.missing(recording, place + ": " + e.getMessage()));
        }
        return damage.isEmpty()
                ? List.of(Finding.whole(recording, place, object.sizeBytes()))
                : damage.stream()
                        .map(each ->
                                Finding.damaged(recording, place + " at byte " + each.offset() + ": " + each.what()))
                        .toList();
    }
}
