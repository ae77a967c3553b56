package org.everytake.render;

/** Hears how far a render is, and is asked whether it shall go on. Called from the renderer's own threads, one at a time. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = fraction -> {};

    /** {@code fraction} rises from 0 to 1 and never falls. */
    void at(double fraction);

    /** True once the render shall end; it is asked several times a second. */
    default boolean cancelled() {
        return false;
    }
}
