package org.everytake.studio.library;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.everytake.tape.TapeKey;

/** The tape keys of recordings: what recording, recovery and rendering need of those who keep keys. May block. */
public interface TapeKeys {
    /** A new key, durable when this returns; the one that is there when called again. */
    TapeKey create(UUID recording) throws IOException;

    /** Empty if there is none, because it was never made or has been destroyed. */
    Optional<TapeKey> find(UUID recording) throws IOException;
}
