package org.everytake.wire;

import java.util.List;

/** Something that reads what comes from outside, as fuzzing sees it. Enums implement it, a constant for each reader. */
public interface Fuzzed {
    String name();

    /** Valid inputs, from which the fuzzing starts. */
    List<byte[]> seeds();

    /**
     * Reads an input, which may be written to, and demands what must hold whatever it is.
     *
     * @return false if it is refused, as what is not valid must be
     */
    boolean takes(byte[] input);

    /** How many inputs the short fuzzing of each build tries. */
    int rounds();
}
