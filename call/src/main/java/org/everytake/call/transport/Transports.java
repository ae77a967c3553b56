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
    private final SecureRandom random;
    private final ForwardingDelay delay = new ForwardingDelay();
    private final Map<String, PeerTransport> byUfrag = new HashMap<>();
    private final Map<TransportAddress, PeerTransport> byAddress = new HashMap<>();

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
    }

    /** A new connection that waits for its peer. */
    public PeerTransport open(PeerTransport.Listener listener) {
        var transport = new PeerTransport(this, IceCredentials.random(random), listener);
        transport.ufrags().forEach(ufrag -> byUfrag.put(ufrag, transport));
        return transport;
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
        byAddress.values().removeIf(t -> t == transport);
    }

    public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
        switch (DatagramKind.of(buffer, offset, length)) {
            case STUN -> stun(buffer, offset, length, from, arrivalNanos);
            case DTLS -> {
                PeerTransport transport = at(from);
                if (transport != null) {
                    transport.dtls(buffer, offset, length);
                }
            }
            case RTP -> {
                PeerTransport transport = at(from);
                if (transport != null) {
                    transport.rtp(buffer, offset, length, arrivalNanos);
                }
            }
            case RTCP -> {
                PeerTransport transport = at(from);
                if (transport != null) {
                    transport.rtcp(buffer, offset, length, arrivalNanos);
                }
            }
            case UNKNOWN -> counters.count(Counter.UNKNOWN_FIRST_BYTE);
        }
    }

    private @Nullable PeerTransport at(TransportAddress from) {
        PeerTransport transport = byAddress.get(from);
        if (transport == null) {
            counters.count(Counter.UNKNOWN_ADDRESS);
        }
        return transport;
    }

    private void stun(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
        StunMessage message;
        try {
            message = StunMessage.parse(buffer, offset, length);
        } catch (Malformed e) {
            counters.count(Counter.STUN_MALFORMED);
            return;
        }
        if (message.messageClass() == StunClass.INDICATION) {
            return; // kept alive, and no answer is wanted
        }
        String username = message.username();
        if (message.messageClass() != StunClass.REQUEST || username == null) {
            counters.count(Counter.STUN_UNEXPECTED);
            return;
        }
        int colon = username.indexOf(':');
        PeerTransport transport = byUfrag.get(colon < 0 ? username : username.substring(0, colon));
        if (transport == null) {
            counters.count(Counter.STUN_UNKNOWN_USER);
            return;
        }
        IceLiteAgent.Outcome outcome = transport.ice().check(message, from);
        switch (outcome) {
            case IceLiteAgent.Outcome.Unauthentic unauthentic -> counters.count(Counter.STUN_BAD_INTEGRITY);
            case IceLiteAgent.Outcome.Error error -> send(error.response(), error.response().length, from);
            case IceLiteAgent.Outcome.Valid valid -> {
                send(valid.response(), valid.response().length, from);
                if (valid.forgotten() != null) {
                    byAddress.remove(valid.forgotten(), transport);
                }
                byAddress.put(from, transport);
                port.vouch(from);
                transport.checked(arrivalNanos);
            }
        }
    }

    void send(byte[] buffer, int length, TransportAddress to) {
        counters.count(port.send(buffer, 0, length, to) ? Counter.DATAGRAMS_SENT : Counter.SEND_FAILED);
    }
}
