package org.everytake.studio.signal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.everytake.studio.signal.ServerMessage.IceServer;

/**
 * STUN and TURN servers that clients are told of. Credentials for TURN are made for each join and end by themselves, as
 * coturn has it with {@code use-auth-secret} (draft-uberti-behave-turn-rest): the user name says until when and for whom,
 * and the password proves with the shared secret that we said so. Any thread.
 */
public final class IceServers {
    /** As long as a day's session, of which somebody may come back to an old tab. */
    private static final Duration LIFE = Duration.ofHours(12);

    /** Which the scheme has, and coturn by default. */
    private static final String ALGORITHM = "HmacSHA1";

    /** The server's own candidates are enough. */
    public static final IceServers NONE =
            new IceServers(List.of(), List.of(), Optional.empty(), InstantSource.system());

    private final List<String> stun;
    private final List<String> turn;
    private final Optional<String> secret;
    private final InstantSource clock;

    /**
     * @param stun as in {@code stun:stun.example.org:3478} (RFC 7064)
     * @param turn as in {@code turn:turn.example.org?transport=tcp} (RFC 7065)
     * @param secret that the TURN servers share with us; without it they are not told of
     */
    public IceServers(List<String> stun, List<String> turn, Optional<String> secret, InstantSource clock) {
        this.stun = List.copyOf(stun);
        this.turn = List.copyOf(turn);
        this.secret = secret;
        this.clock = clock;
    }

    /** For somebody who joins now. */
    List<IceServer> of(String person) {
        List<IceServer> servers = new ArrayList<>();
        if (!stun.isEmpty()) {
            servers.add(new IceServer(stun, null, null));
        }
        if (!turn.isEmpty() && secret.isPresent()) {
            String username = clock.instant().plus(LIFE).getEpochSecond() + ":" + person;
            servers.add(new IceServer(turn, username, credential(secret.get(), username)));
        }
        return servers;
    }

    static String credential(String secret, String username) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
