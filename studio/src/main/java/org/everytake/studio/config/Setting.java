package org.everytake.studio.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting there is, once. From its name follow the flag ({@code --udp-port}), the variable
 * ({@code EVERYTAKE_UDP_PORT}) and the line of {@code everytake.toml} ({@code udp-port = 50000}).
 */
public enum Setting {
    HOST("host", "127.0.0.1", "ADDRESS", "address on which to listen; 0.0.0.0 for every one of this machine"),
    PORT("port", "8080", "PORT", "TCP port of pages and API"),
    PUBLIC_ADDRESS("public-address", "", "URL", "how browsers reach this server, when not by host and port"),
    HOST_NAMES("host-names", "", "NAME,…", "names by which the server may be called besides those it knows itself"),
    TLS_CERTIFICATE(
            "tls-certificate", "", "FILE", "certificate for TLS, with its chain, as PEM; see docs/operations.md"),
    TLS_KEY("tls-key", "", "FILE", "private key of that certificate, as PEM without a password"),
    TRUSTED_PROXY(
            "trusted-proxy",
            "",
            "IP,…",
            "addresses or networks of reverse proxies that end TLS and say who the client is"),
    UDP_PORT("udp-port", "50000", "PORT", "first UDP port of sound and picture; 0 for any free ones"),
    MEDIA_LOOPS(
            "media-loops",
            "0",
            "NUMBER",
            "threads for sound and picture, each with a UDP port of its own, up to 8; 0: one per processor"),
    MEDIA_BATCHES(
            "media-batches", "on", "on|off", "whether datagrams are taken and sent many at a time, where Linux can"),
    MEDIA_TCP("media-tcp", "on", "on|off", "whether browsers may send sound and picture over TCP to the same ports"),
    MEDIA_ADDRESS(
            "media-address",
            "",
            "IP,…",
            "addresses told to browsers for media in place of those of host, or PUBLIC=LOCAL for one of them"),
    STUN_SERVERS("stun-servers", "", "URL,…", "STUN servers that browsers are told of, such as stun:stun.example.org"),
    TURN_SERVERS("turn-servers", "", "URL,…", "TURN servers that browsers are told of, such as turn:turn.example.org"),
    TURN_SECRET("turn-secret", "", "SECRET", "what those share with this server, as coturn's static-auth-secret"),
    ROOM_PEOPLE("room-people", "25", "NUMBER", "how many people a room holds at most, up to 40"),
    LIMIT_SIGN_IN(
            "limit-sign-in", "120", "NUMBER", "sign-ins and uses of links an address may try in a minute; 0: no limit"),
    LIMIT_JOIN("limit-join", "3000", "NUMBER", "calls to rooms that an address may make in a minute; 0: no limit"),
    LIMIT_API(
            "limit-api",
            "6000",
            "NUMBER",
            "other calls an account, a key or an address may make in a minute; 0: no limit"),
    DATA("data", "./data", "FOLDER", "where recordings and the database are kept"),
    DISK_RESERVE(
            "disk-reserve",
            "auto",
            "auto|SIZE",
            "room on the disk that is kept for recordings that run, such as 500 MB; auto: 5 % of it, at most 2 GB"),
    MASTER_KEY("master-key", "", "SECRET", "the key that wraps all others, Base64 of 32 bytes; empty: DATA/master.key"),
    MASTER_KEY_COMMAND(
            "master-key-command", "", "COMMAND", "prints that key, such as the client of a key management service"),
    DATABASE_URL("database-url", "", "URL", "jdbc:postgresql://… of a database of your own; empty: the embedded one"),
    DATABASE_USER("database-user", "everytake", "NAME", "user of that database"),
    DATABASE_PASSWORD("database-password", "", "SECRET", "password of that user"),
    OIDC_ISSUER(
            "oidc-issuer", "", "URL", "OpenID Connect provider by which people may sign in; see docs/operations.md"),
    OIDC_CLIENT_ID("oidc-client-id", "", "NAME", "what that provider calls this server"),
    OIDC_CLIENT_SECRET("oidc-client-secret", "", "SECRET", "by what this server proves that to the provider"),
    OIDC_LABEL("oidc-label", "", "TEXT", "what people call the provider; empty: its host"),
    OIDC_DOMAINS(
            "oidc-domains",
            "",
            "NAME,…",
            "e-mail domains of which anybody gets an account there; empty: who is invited"),
    OIDC_ORGANISATION("oidc-organisation", "", "ID", "organisation that they come into; empty: the first one"),
    FFMPEG("ffmpeg", "", "FILE", "the ffmpeg to use; empty: the one on the PATH"),
    RAW_ARCHIVE(
            "raw-archive",
            "tar.gz",
            "tar.gz|zip|none",
            "what the RAW archive of each recording is: a tar.gz or a zip; none: none is made"),
    CONTINUE_WITHIN(
            "continue-within",
            "120",
            "SECONDS",
            "how long after the server was cut off a recording goes on if people come back; 0: it is finished at once"),
    S3_LOCAL(
            "s3-local",
            "off",
            "on|off",
            "whether organisations may keep recordings in S3 servers on this machine or in its network"),
    METRICS_TOKEN("metrics-token", "", "SECRET", "what a program shows to read /metrics; empty: only operators may"),
    LOG_FORMAT("log-format", "auto", "FORMAT", "plain, json, or auto: plain on a terminal, else json");

    private final String key;
    private final String fallback;
    private final String shape;
    private final String description;

    Setting(String key, String fallback, String shape, String description) {
        this.key = key;
        this.fallback = fallback;
        this.shape = shape;
        this.description = description;
    }

    /** The name in {@code everytake.toml}, and the flag without its dashes. */
    public String key() {
        return key;
    }

    public String flag() {
        return "--" + key;
    }

    /** A secret has no flag: every user of the machine can read the flags of a process. */
    public boolean hasFlag() {
        return this != MASTER_KEY
                && this != DATABASE_PASSWORD
                && this != METRICS_TOKEN
                && this != OIDC_CLIENT_SECRET
                && this != TURN_SECRET;
    }

    public String variable() {
        return "EVERYTAKE_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The value where nobody gave one. */
    public String fallback() {
        return fallback;
    }

    /** What a value looks like, in capitals, for the help. */
    public String shape() {
        return shape;
    }

    public String description() {
        return description;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }
}
