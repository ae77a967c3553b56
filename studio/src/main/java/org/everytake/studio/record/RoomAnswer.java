package org.everytake.studio.record;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a room was asked. */
final class RoomAnswer {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private RoomAnswer() {}

    /** @throws IllegalStateException if none comes */
    static <T> T of(CompletableFuture<T> asked) {
        try {
            return asked.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("The room does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops.", e);
        }
    }
}
