package org.everytake.call.transport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.everytake.call.TransportAddress;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunClass;
import org.everytake.wire.stun.StunMessage;
import org.jspecify.annotations.Nullable;

/**
 * The lite side of ICE (RFC 8445, sections 2.5 and 7.3): it sends no checks of its own, believes in an address when a
 * check with our password came from it, and follows the peer's nomination. Always the controlled side. Owned by one
 * loop; no I/O, no clock.
 */
final class IceLiteAgent {
    /** Addresses that a peer may hold at a time: its interfaces, and what NATs make of them. */
    private static final int MOST_ADDRESSES = 16;

    private static final int BAD_REQUEST = 400;
    private static final int UNKNOWN_ATTRIBUTE = 420;
    private static final int ROLE_CONFLICT = 487;

    private IceCredentials local;
    private @Nullable IceCredentials previous;
    private @Nullable String remoteUfrag;
    private final Set<TransportAddress> validated = new LinkedHashSet<>();
    private @Nullable TransportAddress selected;

    /** What became of a message. */
    sealed interface Outcome {
        /** To be answered; the address is good from now on. {@code forgotten} is an address that is good no more. */
        record Valid(
                byte[] response,
                boolean selectedChanged,
                @Nullable TransportAddress forgotten) implements Outcome {}

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
    }

    /** Every fragment by which checks may address us. */
    List<String> ufrags() {
        return previous == null ? List.of(local.ufrag()) : List.of(local.ufrag(), previous.ufrag());
    }

    /** Where to send; null before the first valid check. */
    @Nullable
    TransportAddress selected() {
        return selected;
    }

    Set<TransportAddress> validated() {
        return validated;
    }

    /**
     * @param request a binding request whose USERNAME begins with one of our fragments
     */
    Outcome check(StunMessage request, TransportAddress from) {
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
        boolean changed = false;
        TransportAddress forgotten = remember(from);
        // The first valid address serves until the peer has chosen.
        if (selected == null || (request.useCandidate() && !from.equals(selected))) {
            selected = from;
            changed = true;
        }
        return new Outcome.Valid(request.success(from.socketAddress()).encode(credentials.key()), changed, forgotten);
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

    private @Nullable TransportAddress remember(TransportAddress from) {
        if (validated.remove(from)) {
            validated.add(from); // youngest last
            return null;
        }
        validated.add(from);
        if (validated.size() <= MOST_ADDRESSES) {
            return null;
        }
        for (TransportAddress oldest : validated) {
            if (!oldest.equals(selected)) {
                validated.remove(oldest);
                return oldest;
            }
        }
        return null;
    }
}
