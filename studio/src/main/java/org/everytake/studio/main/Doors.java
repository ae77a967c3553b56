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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Settings;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.http.Listening;
import org.everytake.studio.http.tls.CertificateFiles;
import org.everytake.studio.http.tls.SelfSigned;
import org.everytake.studio.http.tls.ServerIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How people come in: plain on this machine and behind a proxy, else by TLS.
 *
 * @param given the certificate that the settings name, already looked at
 */
record Doors(Settings.Web web, InetAddress host, int port, Optional<ServerIdentity> given, InstantSource clock) {
    private static final Logger log = LoggerFactory.getLogger(Doors.class);
    private static final String KEPT = "self-signed.pem";
    private static final long LOOKS_MS = 10_000;

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

    /** Looks from now on whether the certificate that the settings name was renewed. */
    void minding(HttpServer server, Closing closing) {
        if (given.isEmpty() || web.certificate().isEmpty()) {
            return;
        }
        Settings.Certificate settings = web.certificate().get();
        var files = new CertificateFiles(settings.chain(), settings.key(), given.get(), clock, server::show);
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("certificate").daemon().factory());
        closing.add(looks::shutdownNow);
        var unused = looks.scheduleWithFixedDelay(() -> look(files), LOOKS_MS, LOOKS_MS, TimeUnit.MILLISECONDS);
    }

    private static void look(CertificateFiles files) {
        try {
            files.look();
        } catch (RuntimeException e) {
            log.error("The certificate could not be looked at", e);
        }
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
