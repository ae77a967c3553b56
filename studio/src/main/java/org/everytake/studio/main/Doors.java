package org.everytake.studio.main;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Settings;
import org.everytake.studio.http.Listening;
import org.everytake.studio.http.tls.SelfSigned;
import org.everytake.studio.http.tls.ServerIdentity;

/**
 * How people come in: plain on this machine and behind a proxy, else by TLS.
 *
 * @param given the certificate that the settings name, already looked at
 */
record Doors(Settings.Web web, InetAddress host, int port, Optional<ServerIdentity> given, InstantSource clock) {
    private static final String KEPT = "self-signed.pem";

    /** Looks at the certificate before anything slow is begun, so that a wrong one is told at once. */
    static Doors checked(Settings.Web web, InetAddress host, int port, InstantSource clock) throws CannotStart {
        Optional<ServerIdentity> given = Optional.empty();
        if (web.certificate().isPresent()) {
            Settings.Certificate files = web.certificate().get();
            given = Optional.of(ServerIdentity.read(files.chain(), files.key(), clock.instant()));
        }
        return new Doors(web, host, port, given, clock);
    }

    URI publicAddress() {
        return web.publicAddress(port, web.encrypts(host));
    }

    /** @param data where a certificate of our own making is kept */
    Listening listening(Path data, SecureRandom random) throws CannotStart {
        Optional<ServerIdentity> identity = given;
        if (identity.isEmpty() && web.encrypts(host)) {
            identity = Optional.of(SelfSigned.keptIn(data.resolve(KEPT), names(), random, clock.instant()));
        }
        return new Listening(web.host(), port, publicAddress(), identity, web.trustedProxies(), hostNames());
    }

    private Set<String> hostNames() {
        Set<String> names = new TreeSet<>(names());
        names.addAll(web.hostNames());
        return names;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (!host.isAnyLocalAddress()) {
            names.add(host.getHostAddress());
        }
        String link = publicAddress().getHost();
        names.add(link.startsWith("[") ? link.substring(1, link.length() - 1) : link);
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // A machine may have no name that it knows itself by; then the certificate does without.
            return names;
        }
        return names;
    }
}
