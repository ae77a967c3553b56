package org.everytake.studio.delivery;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.everytake.vault.Sealing;

/** The keys of recordings' renditions: what delivery needs of those who keep keys. May block. */
@FunctionalInterface
public interface RenditionKeys {
    /** How the renditions of a recording are sealed; empty once their key was destroyed, and they with it. */
    Optional<Sealing> sealing(UUID recording) throws IOException;
}
