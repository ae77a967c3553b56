package org.everytake.studio.main;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.config.DataLayout;
import org.everytake.studio.config.Settings;
import org.everytake.vault.KeyFault;
import org.everytake.vault.Keys;

/** The command {@code rotate-master-key}: returns what it has to say. */
final class Rotation {
    private Rotation() {}

    static String of(Settings settings) throws CannotStart {
        Path root = settings.data().folder();
        DataLayout there = DataFolder.look(root);
        var random = new SecureRandom();
        try (DataFolder data = DataFolder.open(there.root())) {
            boolean file = MasterKeySource.isFile(settings.data());
            Keys.Rewrapped all = file
                    ? Keys.rotate(data.keys(), data.masterKey(), random)
                    : MasterKeySource.keys(settings.data(), data, random).rewrap();
            return said(all, file ? "Copy " + data.masterKey() + " to where you keep it." : "");
        } catch (KeyFault | IOException e) {
            throw new CannotStart("The master key cannot be changed: " + e.getMessage(), e);
        }
    }

    private static String said(Keys.Rewrapped all, String next) {
        String damaged = all.damaged().isEmpty()
                ? ""
                : " These are damaged and were left as they are: " + String.join(", ", all.damaged()) + ".";
        return (all.wrapped() + " keys are wrapped by the new master key now. The former one opens nothing any more but"
                        + " backups." + damaged + " " + next)
                .strip();
    }
}
