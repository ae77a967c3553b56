package org.everytake.studio.signal;

import java.time.Duration;

/**
 * How the rooms' sockets behave.
 *
 * @param pingEvery how often a client is asked whether it is there
 * @param silence after which a socket that said nothing, not even a pong, is closed
 * @param placeKept how long somebody whose socket is lost stays in the room
 * @param forgottenAfter how long an empty room is kept
 * @param badMessages after how many a socket is closed
 * @param membersPerRoom how many people a room remembers; the longest absent is forgotten first
 * @param iceServers that clients are told of
 */
public record SignalOptions(
        Duration pingEvery,
        Duration silence,
        Duration placeKept,
        Duration forgottenAfter,
        int badMessages,
        int membersPerRoom,
        IceServers iceServers) {
    /** As {@code docs/protocol.md} says, without ICE servers. */
    public static SignalOptions standard() {
        return new SignalOptions(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofHours(12),
                20,
                1000,
                IceServers.NONE);
    }

    public SignalOptions withIceServers(IceServers servers) {
        return new SignalOptions(pingEvery, silence, placeKept, forgottenAfter, badMessages, membersPerRoom, servers);
    }
}
