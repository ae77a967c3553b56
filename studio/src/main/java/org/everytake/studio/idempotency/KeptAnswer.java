package org.everytake.studio.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What was answered.
 *
 * @param body null where the answer held a secret that is shown once
 * @param made and then the id of what was made
 */
record KeptAnswer(
        int status,
        @Nullable String type,
        @Nullable String location,
        @Nullable String tag,
        byte @Nullable [] body,
        @Nullable String made) {}
