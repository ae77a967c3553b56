package org.everytake.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How to run a {@link CallServer}.
 *
 * @param ports where it is reached
 * @param maximumVideoBitsPerSecond what publishers are told to send at most, in all (REMB)
 * @param pathTimeout after which silence a path is dead
 * @param peoplePerRoom beyond which joins are refused
 */
public record CallOptions(CallPorts ports, long maximumVideoBitsPerSecond, Duration pathTimeout, int peoplePerRoom) {
    /** Good values for all but the address. */
    public static CallOptions of(InetSocketAddress bind) {
        return of(CallPorts.of(bind));
    }

    public static CallOptions of(CallPorts ports) {
        return new CallOptions(ports, 2_500_000, Duration.ofSeconds(30), 40);
    }

    public CallOptions withAdvertised(List<InetAddress> addresses, int port) {
        return new CallOptions(
                ports.withAdvertised(addresses, port), maximumVideoBitsPerSecond, pathTimeout, peoplePerRoom);
    }

    public CallOptions withPeoplePerRoom(int people) {
        return new CallOptions(ports, maximumVideoBitsPerSecond, pathTimeout, people);
    }

    public CallOptions withMaximumVideoBitsPerSecond(long bitsPerSecond) {
        return new CallOptions(ports, bitsPerSecond, pathTimeout, peoplePerRoom);
    }

    public CallOptions withPathTimeout(Duration timeout) {
        return new CallOptions(ports, maximumVideoBitsPerSecond, timeout, peoplePerRoom);
    }
}
