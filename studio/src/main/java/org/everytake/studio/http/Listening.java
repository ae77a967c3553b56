package org.everytake.studio.http;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.everytake.studio.config.Network;
import org.everytake.studio.http.tls.ServerIdentity;

/**
 * Where the server listens, and as whom.
 *
 * @param port 0 for any free one
 * @param publicAddress how browsers reach this server
 * @param identity for TLS; without it the server speaks plain HTTP
 * @param proxies whose word on where a request came from is believed
 * @param names by which the server may be called besides its address and the public one
 */
public record Listening(
        String host,
        int port,
        URI publicAddress,
        Optional<ServerIdentity> identity,
        Set<Network> proxies,
        Set<String> names) {
    public Listening {
        names = Set.copyOf(names);
        proxies = Set.copyOf(proxies);
    }

    /** HTTP without TLS, and nobody is believed. */
    public static Listening plain(String host, int port, URI publicAddress) {
        return new Listening(host, port, publicAddress, Optional.empty(), Set.of(), Set.of());
    }
}
