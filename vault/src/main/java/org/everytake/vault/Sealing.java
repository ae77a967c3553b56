package org.everytake.vault;

/** How an object lies in the store. */
public sealed interface Sealing {

    /** In frames of 1 MB, so that a range can be read and opened without the rest. */
    record Sealed(DataKey key) implements Sealing {}

    /** As it comes: for what is sealed already, as segments of a tape are. */
    record Verbatim() implements Sealing {}

    Sealing VERBATIM = new Verbatim();

    static Sealing with(DataKey key) {
        return new Sealed(key);
    }
}
