package org.everytake.call.transport;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.DatagramPort;
import org.everytake.call.ForwardingDelay;
import org.everytake.call.TransportAddress;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.call.net.EventLoop;
import org.everytake.wire.DatagramKind;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.stun.StunClass;
import org.everytake.wire.stun.StunMessage;
import org.jspecify.annotations.Nullable;

/**
 * The connections behind a port: tells datagrams apart (RFC 7983) and carries each to its connection, found by the
 * user name of STUN, and for all else by an address that STUN has proved. Owned by the loop.
 */
public final class Transports {
    final DatagramPort port;
    final EventLoop loop;
    final CallCounters counters;
    final DtlsSession.Pool dtls;
    final TransportOptions options;
    final Handshakes handshakes = new Handshakes();
    private final SecureRandom random;
    private final ForwardingDelay delay = new ForwardingDelay();
    private final Failures failures;
    private final Map<String, PeerTransport> byUfrag = new HashMap<>();
    private final Map<TransportAddress, Way> byAddress = new HashMap<>();

    /** From an address to the connection that it belongs to. */
    private record Way(PeerTransport transport, IcePath path) {}

    public Transports(
            DatagramPort port,
            EventLoop loop,
            CallCounters counters,
            DtlsSession.Pool dtls,
            TransportOptions options,
            SecureRandom random) {
        this.port = port;
        this.loop = loop;
        this.counters = counters;
        this.dtls = dtls;
        this.options = options;
        this.random = random;
        this.failures = new Failures(random.nextInt(), loop.nowNanos());
    }

    /** A new connection that waits for its peer. */
    public PeerTransport open(PeerTransport.Listener listener) {
        var transport = new PeerTransport(this, IceCredentials.random(random), listener);
        transport.ufrags().forEach(ufrag -> byUfrag.put(ufrag, transport));
        return transport;
    }

    /** Whether somebody is just coming in. */
    public boolean isShakingHands() {
        return !handshakes.isEmpty();
    }

    public List<TransportAddress> candidates() {
        return options.candidates();
    }

    public Fingerprint fingerprint() {
        return dtls.identity().fingerprint();
    }

    public CallCounters counters() {
        return counters;
    }

    public ForwardingDelay delay() {
        return delay;
    }

    /** Random enough for an SSRC, an SDP session id, or the start of a sequence. */
    public long randomUnsigned32() {
        return random.nextInt() & 0xFFFFFFFFL;
    }

    public long nowNanos() {
        return loop.nowNanos();
    }

    IceCredentials newCredentials() {
        return IceCredentials.random(random);
    }

    void renamed(PeerTransport transport) {
        byUfrag.values().removeIf(t -> t == transport);
        transport.ufrags().forEach(ufrag -> byUfrag.put(ufrag, transport));
    }

    void forget(PeerTransport transport) {
        byUfrag.values().removeIf(t -> t == transport);
        byAddress.values().removeIf(way -> way.transport() == transport);
    }

    public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
        switch (DatagramKind.of(buffer, offset, length)) {
            case STUN -> stun(buffer, offset, length, from, arrivalNanos);
            case DTLS -> {
                Way way = at(from);
                if (way != null) {
                    way.transport().dtls(buffer, offset, length);
                }
            }
            case RTP -> {
                Way way = at(from);
                if (way != null) {
                    way.transport().rtp(way.path(), buffer, offset, length, arrivalNanos);
                }
            }
            case RTCP -> {
                Way way = at(from);
                if (way != null) {
                    way.transport().rtcp(way.path(), buffer, offset, length, arrivalNanos);
                }
            }
            case UNKNOWN -> counters.count(Counter.UNKNOWN_FIRST_BYTE);
        }
    }

    private @Nullable Way at(TransportAddress from) {
        Way way = byAddress.get(from);
        if (way == null) {
            counters.count(Counter.UNKNOWN_ADDRESS);
        }
        return way;
    }

    private void stun(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
        // Where a peer was proved, it goes on, whatever comes from its neighbours.
        if (failures.areTooMany(from, arrivalNanos) && !byAddress.containsKey(from)) {
            counters.count(Counter.STUN_TOO_MANY);
            return;
        }
        StunMessage message;
        try {
            message = StunMessage.parse(buffer, offset, length);
        } catch (Malformed e) {
            failed(Counter.STUN_MALFORMED, from);
            return;
        }
        if (message.messageClass() == StunClass.INDICATION) {
            return; // kept alive, and no answer is wanted
        }
        String username = message.username();
        if (message.messageClass() != StunClass.REQUEST || username == null) {
            failed(Counter.STUN_UNEXPECTED, from);
            return;
        }
        int colon = username.indexOf(':');
        PeerTransport transport = byUfrag.get(colon < 0 ? username : username.substring(0, colon));
        if (transport == null) {
            failed(Counter.STUN_UNKNOWN_USER, from);
            return;
        }
        IceLiteAgent.Outcome outcome = transport.ice().check(message, from, arrivalNanos);
        switch (outcome) {
            case IceLiteAgent.Outcome.Unauthentic unauthentic -> failed(Counter.STUN_BAD_INTEGRITY, from);
            case IceLiteAgent.Outcome.Error error -> send(error.response(), error.response().length, from);
            case IceLiteAgent.Outcome.Valid valid -> {
                send(valid.response(), valid.response().length, from);
                if (valid.forgotten() != null) {
                    Way former = byAddress.get(valid.forgotten());
                    if (former != null && former.transport() == transport) {
                        byAddress.remove(valid.forgotten());
                    }
                }
                Way way = byAddress.get(from);
                if (way == null || way.path() != valid.path()) {
                    byAddress.put(from, new Way(transport, valid.path()));
                }
                port.vouch(from);
                transport.checked(arrivalNanos);
            }
        }
    }

    private void failed(Counter reason, TransportAddress from) {
        counters.count(reason);
        failures.count(from);
    }

    void send(byte[] buffer, int length, TransportAddress to) {
        counters.count(port.send(buffer, 0, length, to) ? Counter.DATAGRAMS_SENT : Counter.SEND_FAILED);
    }
}
