package org.everytake.studio.main;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the program when it is told to by SIGTERM, SIGINT or SIGHUP: seals, closes, and then says 0. */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private Ending() {}

    static void onSignal(Studio studio) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("ending").unstarted(() -> end(studio)));
    }

    private static void end(Studio studio) {
        log.info("Everytake ends");
        int status = 0;
        try {
            studio.close();
        } catch (RuntimeException e) {
            log.error("The end was not clean", e);
            status = 1;
        }
        // Without this the JVM would say 143 for a clean end by SIGTERM, as if it had been cut off.
        Runtime.getRuntime().halt(status);
    }
}
