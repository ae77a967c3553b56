package org.everytake.call.transport;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.TransportAddress;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunClass;
import org.everytake.wire.stun.StunMessage;
import org.jspecify.annotations.Nullable;

/**
 * The lite side of ICE (RFC 8445, sections 2.5 and 7.3): it sends no checks of its own, believes in an address when a
 * check with our password came from it, and follows the peer's nomination, or the peer itself where it goes without one.
 * Always the controlled side. Owned by one loop; no I/O, no clock.
 */
final class IceLiteAgent {
    /** Addresses that a peer may hold at a time: its interfaces, and what NATs make of them. */
    private static final int MOST_ADDRESSES = 16;

    /** Longer than browsers leave a path without a check that they use; RTCP comes oftener. */
    static final long SILENT_NANOS = Duration.ofSeconds(3).toNanos();

    private static final int BAD_REQUEST = 400;
    private static final int UNKNOWN_ATTRIBUTE = 420;
    private static final int ROLE_CONFLICT = 487;

    private IceCredentials local;
    private @Nullable IceCredentials previous;
    private @Nullable String remoteUfrag;

    /** Of proved addresses, the youngest last. */
    private final Map<TransportAddress, IcePath> paths = new LinkedHashMap<>();

    private @Nullable IcePath selected;

    /** Whether the peer has chosen since the last restart. */
    private boolean nominated;

    /** What became of a message. */
    sealed interface Outcome {
        /** To be answered; the path is good from now on. {@code forgotten} is an address that is good no more. */
        record Valid(
                byte[] response, IcePath path, @Nullable TransportAddress forgotten) implements Outcome {}

        /** To be answered with an error. */
        record Error(byte[] response) implements Outcome {}

        /** Not with our password, or not for the peer that was signalled. */
        record Unauthentic() implements Outcome {}
    }

    IceLiteAgent(IceCredentials local) {
        this.local = local;
    }

    IceCredentials local() {
        return local;
    }

    /** From the peer's SDP. Before it is known, our own password alone counts. */
    void remoteUfrag(String ufrag) {
        remoteUfrag = ufrag;
    }

    @Nullable
    String remoteUfrag() {
        return remoteUfrag;
    }

    /**
     * A new generation. The old one is still answered, so that the path goes on until the peer has moved to the new one
     * (RFC 8445, section 9).
     */
    void restart(IceCredentials newLocal, String newRemoteUfrag) {
        previous = local;
        local = newLocal;
        remoteUfrag = newRemoteUfrag;
        nominated = false;
    }

    /** Every fragment by which checks may address us. */
    List<String> ufrags() {
        return previous == null ? List.of(local.ufrag()) : List.of(local.ufrag(), previous.ufrag());
    }

    /** Where to send; null before the first valid check. */
    @Nullable
    TransportAddress selected() {
        return selected == null ? null : selected.address;
    }

    /** All that are good. */
    Set<TransportAddress> validated() {
        return paths.keySet();
    }

    /**
     * Leaves a selected path on which the peer has fallen silent for one on which it is heard: the mapping of a NAT may
     * have changed, or the network, and not every peer nominates the new path. To be called now and then; returns whether
     * something changed.
     */
    boolean follow(long nowNanos) {
        if (selected == null || nowNanos - selected.heardNanos <= SILENT_NANOS) {
            return false;
        }
        IcePath youngest = selected;
        for (IcePath path : paths.values()) {
            if (path.heardNanos - youngest.heardNanos > 0) {
                youngest = path;
            }
        }
        // One that was heard just as little is no better.
        if (youngest.heardNanos - selected.heardNanos <= SILENT_NANOS) {
            return false;
        }
        selected = youngest;
        return true;
    }

    /**
     * @param request a binding request whose USERNAME begins with one of our fragments
     */
    Outcome check(StunMessage request, TransportAddress from, long nowNanos) {
        String username = request.username();
        if (request.messageClass() != StunClass.REQUEST || username == null) {
            return new Outcome.Unauthentic();
        }
        int colon = username.indexOf(':');
        boolean current = colon > 0 && username.substring(0, colon).equals(local.ufrag());
        IceCredentials credentials = current ? local : previous;
        if (credentials == null || colon < 0 || !request.authentic(credentials.key())) {
            return new Outcome.Unauthentic();
        }
        if (current && remoteUfrag != null && !username.substring(colon + 1).equals(remoteUfrag)) {
            return new Outcome.Unauthentic();
        }
        StunMessage error = refusal(request);
        if (error != null) {
            return new Outcome.Error(error.encode(credentials.key()));
        }
        IcePath path = remember(from);
        path.heardNanos = nowNanos;
        // The first valid address serves until the peer has chosen; what it chose before a restart counts until it does
        // anew.
        if (selected == null || (request.useCandidate() && (current || !nominated))) {
            selected = path;
        }
        nominated |= current && request.useCandidate();
        byte[] response = request.success(from.socketAddress()).encode(credentials.key());
        return new Outcome.Valid(response, path, paths.size() > MOST_ADDRESSES ? forgetOldest() : null);
    }

    private static @Nullable StunMessage refusal(StunMessage request) {
        if (request.method() != StunMessage.BINDING) {
            return request.error(BAD_REQUEST, "Bad Request");
        }
        if (!request.notUnderstood().isEmpty()) {
            return request.error(UNKNOWN_ATTRIBUTE, "Unknown Attribute");
        }
        if (request.attribute(StunAttribute.IceControlled.class) != null) {
            return request.error(ROLE_CONFLICT, "Role Conflict");
        }
        return null;
    }

    private IcePath remember(TransportAddress from) {
        IcePath known = paths.remove(from);
        IcePath path = known == null ? new IcePath(from) : known;
        paths.put(from, path);
        return path;
    }

    private @Nullable TransportAddress forgetOldest() {
        for (IcePath oldest : paths.values()) {
            if (oldest != selected) {
                paths.remove(oldest.address);
                return oldest.address;
            }
        }
        return null;
    }
}
