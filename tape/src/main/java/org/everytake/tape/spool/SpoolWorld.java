package org.everytake.tape.spool;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the spool needs of the world; tests bring their own.
 *
 * @param nanoClock monotonic
 * @param random cryptographically strong: segment keys come from it
 */
record SpoolWorld(SpoolOptions options, Disk disk, LongSupplier nanoClock, RandomGenerator random) {

    long nanos() {
        return nanoClock.getAsLong();
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
