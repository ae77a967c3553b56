package org.everytake.studio.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.config.Setting;
import org.everytake.studio.config.Settings;
import org.everytake.vault.KeyFault;
import org.everytake.vault.Keys;
import org.everytake.vault.MasterKeys;

/** Where the master key is from: a setting, a command, else the file {@code master.key} of the data folder. */
final class MasterKeySource {
    private static final long PATIENCE_SECONDS = 60;

    private MasterKeySource() {}

    /** The keys of a data folder, by its master key. */
    static Keys keys(Settings.Data settings, DataFolder data, SecureRandom random) throws IOException, KeyFault {
        if (isFile(settings)) {
            return Keys.open(data.keys(), data.masterKey(), random);
        }
        return Keys.open(data.keys(), given(settings), random);
    }

    /**
     * The master keys of a data folder that is only looked at.
     *
     * @throws CannotStart if there is none, without which nothing can be opened
     */
    static MasterKeys look(Settings.Data settings, Path file) throws CannotStart {
        try {
            return isFile(settings) ? MasterKeys.read(file) : given(settings);
        } catch (NoSuchFileException e) {
            throw new CannotStart("The master key " + file + " is missing, and without it nothing can be opened.", e);
        } catch (IOException e) {
            throw new CannotStart("The master key " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (KeyFault e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether it lies in the data folder. */
    static boolean isFile(Settings.Data settings) {
        return settings.masterKey().isEmpty() && settings.masterKeyCommand().isEmpty();
    }

    private static MasterKeys given(Settings.Data settings) throws IOException, KeyFault {
        if (settings.masterKey().isPresent()) {
            return MasterKeys.ofText(settings.masterKey().get(), "the setting " + Setting.MASTER_KEY.key());
        }
        return MasterKeys.ofText(
                printed(settings.masterKeyCommand().orElseThrow()),
                "what the setting " + Setting.MASTER_KEY_COMMAND.key() + " prints");
    }

    /** What it says on its standard output is never shown: it is a secret. */
    private static String printed(String command) throws IOException, KeyFault {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new KeyFault("The command of the setting " + Setting.MASTER_KEY_COMMAND.key()
                        + " has not ended within " + PATIENCE_SECONDS + " seconds.");
            }
            if (process.exitValue() != 0) {
                throw new KeyFault("The command of the setting " + Setting.MASTER_KEY_COMMAND.key() + " ended with "
                        + process.exitValue() + "; what it said stands above.");
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the master key was asked for", e);
        }
    }
}
