package org.everytake.studio.config;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All settings, read and checked, one small record per concern. */
public record Settings(
        Web web,
        Limits limits,
        Media media,
        Ice ice,
        Data data,
        Database database,
        Optional<Oidc> oidc,
        Tools tools,
        RawArchive rawArchive,
        Recorder recorder,

        Storage storage,
        Metrics metrics,
        LogFormat logFormat) {

    /**
     * Pages and API. A given {@code publicAddress} has no path and ends without a slash.
     *
     * @param trustedProxies reverse proxies, which end TLS and whose word on where a request came from is believed
     * @param hostNames names by which it may be called besides the public address and this machine's own
     */
    public record Web(
            String host,
            int port,
            Optional<URI> givenAddress,
            Optional<Certificate> certificate,
            Set<Network> trustedProxies,
            Set<String> hostNames) {
        public Web {
            hostNames = Set.copyOf(hostNames);
            trustedProxies = Set.copyOf(trustedProxies);
        }

        /**
         * Whether this server speaks TLS: with a certificate, and where neither a proxy does that nor everything stays
         * on this machine.
         *
         * @param address what {@code host} stands for
         */
        public boolean encrypts(InetAddress address) {
            return certificate.isPresent() || (trustedProxies.isEmpty() && !address.isLoopbackAddress());
        }

        /**
         * How browsers reach the server: as given, else by the host and this port.
         *
         * @param bound the port that is listened on
         */
        public URI publicAddress(int bound, boolean encrypted) {
            boolean anywhere = host.equals("0.0.0.0") || host.equals("::");
            String name = anywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
            return givenAddress.orElseGet(() -> URI.create((encrypted ? "https://" : "http://") + name + ":" + bound));
        }
    }

    /** The files of a certificate, with those of its issuers behind it, and of its private key. */
    public record Certificate(Path chain, Path key) {}

    /** How many requests a minute are let through, and as many at once; 0 for as many as come. */
    public record Limits(int signInPerMinute, int joinPerMinute, int apiPerMinute) {}

    /**
     * Sound and picture. No {@code addresses} means those of the host that is listened on.
     *
     * @param udpPort the first of as many as there are loops; 0 for any free ones
     * @param loops threads, each with a port of its own; 0 for one per processor
     * @param batches whether datagrams are taken and sent many at a time, where the system can
     * @param tcp whether the same ports take TCP, too
     * @param peoplePerRoom beyond which a room is full
     */
    public record Media(
            String host,
            int udpPort,
            int loops,
            boolean batches,
            boolean tcp,
            List<MediaAddress> addresses,
            int peoplePerRoom) {
        public Media {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Where browsers find media.
     *
     * @param local the address of this machine in whose place it is told; empty for all of them
     */
    public record MediaAddress(String address, Optional<String> local) {}

    /**
     * STUN and TURN servers that browsers are told of.
     *
     * @param turnSecret shared with the TURN servers; there is one if there are any
     */
    public record Ice(List<String> stun, List<String> turn, Optional<String> turnSecret) {
        public Ice {
            stun = List.copyOf(stun);
            turn = List.copyOf(turn);
        }

        @Override
        public String toString() {
            return "Ice[stun=" + stun + ", turn=" + turn + "]";
        }
    }

    /**
     * Where everything is kept, and the key without which nobody can read it.
     *
     * @param masterKey itself, or earlier ones behind it
     * @param masterKeyCommand what prints it; where neither is given, it lies in the folder
     */
    public record Data(
            Path folder, DiskReserve reserve, Optional<String> masterKey, Optional<String> masterKeyCommand) {
        @Override
        public String toString() {
            return "Data[folder=" + folder + "]";
        }
    }

    /**
     * Room on the disk that is kept for recordings that run: with less, none begins.
     *
     * @param bytes as given; empty to go by the disk
     */
    public record DiskReserve(Optional<Long> bytes) {
        private static final long MOST_BYTES = 2_000_000_000;

        /** What is kept of a disk of this size: as given, else a twentieth of it, at most 2 GB. */
        public long of(long diskBytes) {
            return bytes.orElseGet(() -> Math.min(MOST_BYTES, diskBytes / 20));
        }
    }

    /** An outside database; where {@code url} is empty, the embedded one is used and the rest does not matter. */
    public record Database(Optional<String> url, String user, String password) {
        @Override
        public String toString() {
            return "Database[url=" + url + ", user=" + user + "]";
        }
    }

    /**
     * A provider of OpenID Connect by which people may sign in.
     *
     * @param clientSecret empty for a client without one
     * @param domains e-mail domains, in lower case, of which anybody gets an account
     * @param organisation that they come into; empty for the first one
     */
    public record Oidc(
            URI issuer,
            String clientId,
            Optional<String> clientSecret,
            String label,
            Set<String> domains,
            Optional<UUID> organisation) {
        public Oidc {
            domains = Set.copyOf(domains);
        }

        @Override
        public String toString() {
            return "Oidc[issuer=" + issuer + ", clientId=" + clientId + "]";
        }
    }

    /** Programs that we run. */
    public record Tools(Optional<Path> ffmpeg) {}

    /** @param continueWithin how long after the server was cut off a recording goes on; zero for never */
    public record Recorder(Duration continueWithin) {}

    /**
     * Buckets of organisations.
     *
     * @param nearby whether they may lie on this machine or in its network, where an admin of an organisation must not have
     *     the server knock at other doors
     */
    public record Storage(boolean nearby) {}

    /** Figures for programs. Without a token only operators read them. */
    public record Metrics(Optional<String> token) {
        @Override
        public String toString() {
            return "Metrics[token=" + (token.isPresent() ? "given" : "none") + "]";
        }
    }

    /** What is made of each recording besides its films. */
    public enum RawArchive {
        TAR_GZ,
        ZIP,
        NONE
    }

    public enum LogFormat {
        AUTO,
        PLAIN,
        JSON
    }
}
