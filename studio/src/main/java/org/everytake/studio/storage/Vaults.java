package org.everytake.studio.storage;

import java.io.IOException;
import java.util.UUID;
import org.everytake.vault.Vault;

/** Finds the vault in which a recording's objects lie. It stays the same for as long as there is one. Any thread; may block. */
@FunctionalInterface
public interface Vaults {
    /** @throws IOException if its store cannot be opened, because its credentials cannot be read say */
    Vault of(UUID recording) throws IOException;
}
