package org.everytake.studio.library;

import org.jspecify.annotations.Nullable;

/**
 * What the database knows of a take; the take itself is on tape.
 *
 * @param kind microphone, camera, screen or media
 * @param openedMillis from the recording's zero
 * @param closedMillis from the recording's zero; null while it is open
 * @param closeReason why it ended; null while it is open
 * @param packets how many are on tape
 * @param dropped how many we dropped ourselves
 */
public record TakeFacts(
        int take,
        String person,
        String kind,
        String device,
        long openedMillis,
        @Nullable Long closedMillis,
        @Nullable String closeReason,
        long packets,
        long dropped) {

    public TakeFacts withDropped(long count) {
        return new TakeFacts(take, person, kind, device, openedMillis, closedMillis, closeReason, packets, count);
    }
}
