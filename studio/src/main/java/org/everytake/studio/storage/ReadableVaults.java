package org.everytake.studio.storage;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.everytake.vault.Vault;

/** Finds where files of a recording are put as ordinary tools read them, encrypted by S3. Any thread; may block. */
@FunctionalInterface
public interface ReadableVaults {
    /** Empty if there shall be no such copies. */
    Optional<Vault> of(UUID recording) throws IOException;
}
