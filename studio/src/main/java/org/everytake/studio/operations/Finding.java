package org.everytake.studio.operations;

import org.jspecify.annotations.Nullable;

/**
 * What is to be said of one part.
 *
 * @param sentence what it means, and what to do when it is not ok
 */
record Finding(State state, @Nullable Reason reason, String sentence) {
    static Finding ok(String sentence) {
        return new Finding(State.OK, null, sentence);
    }

    static Finding warning(Reason reason, String sentence) {
        return new Finding(State.WARNING, reason, sentence);
    }

    static Finding bad(Reason reason, String sentence) {
        return new Finding(State.BAD, reason, sentence);
    }
}
