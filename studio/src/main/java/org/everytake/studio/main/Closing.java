package org.everytake.studio.main;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened, to be closed in reverse. Belongs to the thread that opens; closed once, by any thread. */
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closes everything even if some of it fails, and throws what failed first. */
    @Override
    public synchronized void close() {
        IllegalStateException failure = null;
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure =
                            new IllegalStateException(resource.getClass().getSimpleName() + " could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
