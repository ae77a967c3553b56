package org.everytake.studio.idempotency;

import java.util.UUID;

/** What a key turned out to be. */
sealed interface Finding {
    /** New: the request may run, and its answer is to be kept or the key released. */
    record Claimed(UUID claim) implements Finding {}

    /** The first request with this key has not been answered yet. */
    record Running() implements Finding {}

    /** The key was used for something else. */
    record Different() implements Finding {}

    /** The first request was answered. */
    record Answered(KeptAnswer answer) implements Finding {}
}
