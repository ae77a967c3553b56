package org.everytake.studio.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a store does not have yet, and only this machine has.
 *
 * @param oldest when the oldest of it was sealed; null if there is nothing
 */
public record Backlog(
        long segments, long sizeBytes, @Nullable Instant oldest) {}
