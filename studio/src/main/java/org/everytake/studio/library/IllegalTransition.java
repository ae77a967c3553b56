package org.everytake.studio.library;

/** A life cycle was asked to go where it cannot go: a bug of the caller, or two callers who did not know each other. */
public final class IllegalTransition extends IllegalStateException {
    private static final long serialVersionUID = 1;

    IllegalTransition(String what, String from, String to) {
        super(what + " cannot go from " + from + " to " + to);
    }
}
