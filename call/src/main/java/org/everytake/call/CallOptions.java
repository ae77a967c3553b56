package org.everytake.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How to run a {@link CallServer}.
 *
 * @param bind the UDP address; port 0 takes a free one
 * @param advertised addresses to put into candidates; if empty, loopback when bound to loopback, the bound address when
 *     bound to one, else all site addresses of the machine
 * @param advertisedPort the port in candidates; 0 for the one that is bound
 * @param socketBufferBytes what to ask for; the system may grant less, which is logged
 * @param maximumVideoBitsPerSecond what publishers are told to send at most, in all (REMB)
 * @param pathTimeout after which silence a path is dead
 * @param peoplePerRoom beyond which joins are refused
 */
public record CallOptions(
        InetSocketAddress bind,
        List<InetAddress> advertised,
        int advertisedPort,
        int socketBufferBytes,
        long maximumVideoBitsPerSecond,
        Duration pathTimeout,
        int peoplePerRoom) {
    public CallOptions {
        advertised = List.copyOf(advertised);
    }

    /** Good values for all but the address. */
    public static CallOptions of(InetSocketAddress bind) {
        return new CallOptions(bind, List.of(), 0, 32 << 20, 2_500_000, Duration.ofSeconds(30), 40);
    }

    public CallOptions withAdvertised(List<InetAddress> addresses, int port) {
        return new CallOptions(
                bind, addresses, port, socketBufferBytes, maximumVideoBitsPerSecond, pathTimeout, peoplePerRoom);
    }

    public CallOptions withPeoplePerRoom(int people) {
        return new CallOptions(
                bind, advertised, advertisedPort, socketBufferBytes, maximumVideoBitsPerSecond, pathTimeout, people);
    }

    public CallOptions withMaximumVideoBitsPerSecond(long bitsPerSecond) {
        return new CallOptions(
                bind, advertised, advertisedPort, socketBufferBytes, bitsPerSecond, pathTimeout, peoplePerRoom);
    }

    public CallOptions withPathTimeout(Duration timeout) {
        return new CallOptions(
                bind, advertised, advertisedPort, socketBufferBytes, maximumVideoBitsPerSecond, timeout, peoplePerRoom);
    }
}
