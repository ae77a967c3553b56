package org.everytake.studio.http;

import java.time.Duration;

/** Hears of each request once it is answered. Called on the request's own thread. */
@FunctionalInterface
public interface RequestWatch {
    /** @param route the pattern that it came by, never its address: that may be the key to something */
    void answered(String method, String route, int status, Duration took);
}
