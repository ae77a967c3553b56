package org.everytake.call.transport;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.TransportAddress;
import org.everytake.call.dtls.DtlsRole;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.call.dtls.SrtpKeys;
import org.everytake.call.dtls.SrtpSession;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.sdp.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a peer. Owned by the loop.
 *
 * <pre>
 *  waiting --valid check, and the peer's SDP is known--> handshaking --keys--> connected --+--> closed
 *     |                                                       |                           |
 *     +---------------- silence, close -----------------------+--- failure, goodbye ------+
 * </pre>
 */
public final class PeerTransport {
    private static final Logger log = LoggerFactory.getLogger(PeerTransport.class);

    /** Larger than any packet that fits an Ethernet frame. */
    private static final int LARGEST_REPORT = 1_400;

    /** RFC 6347, section 4.1: type, version (254, 253), epoch, sequence number, length. */
    private static final int DTLS_RECORD_HEADER = 13;

    private static final byte DTLS_VERSION_HIGH = (byte) 254;

    /** A peer that goes on with its checks and does not shake hands would keep the memory of a handshake for ever. */
    private static final long MOST_HANDSHAKE_NANOS = Duration.ofSeconds(30).toNanos();

    /** What is behind the connection. */
    public interface Listener {
        void connected();

        /** A packet after decryption, in a buffer that is the listener's during the call. */
        void rtp(byte[] buffer, int offset, int length, long arrivalNanos);

        void rtcp(byte[] buffer, int offset, int length, long arrivalNanos);

        /** Not by {@link #close}: the peer went, or fell silent. The connection is closed already. */
        void lost(String reason);
    }

    private final Transports transports;
    private final IceLiteAgent ice;
    private final Listener listener;
    private final byte[] report = new byte[LARGEST_REPORT + SrtpSession.OVERHEAD_BYTES];
    private final EarlyPackets early = new EarlyPackets();
    private List<Fingerprint> fingerprints = List.of();
    private @Nullable DtlsSession dtls;

    /** With whom a handshake is under way. */
    private @Nullable InetAddress shakingWith;

    private long handshakeEndNanos;
    private @Nullable SrtpSession srtp;
    private long lastHeardNanos;
    private boolean closed;

    PeerTransport(Transports transports, IceCredentials local, Listener listener) {
        this.transports = transports;
        this.ice = new IceLiteAgent(local);
        this.lastHeardNanos = transports.loop.nowNanos();
        this.listener = listener;
    }

    IceLiteAgent ice() {
        return ice;
    }

    List<String> ufrags() {
        return ice.ufrags();
    }

    /** For our SDP. */
    public IceCredentials credentials() {
        return ice.local();
    }

    /**
     * What the peer's SDP says of it; called again with the next one. A new user fragment restarts ICE and changes
     * {@link #credentials}.
     */
    public void remote(String ufrag, List<Fingerprint> peerFingerprints) {
        String known = ice.remoteUfrag();
        if (known == null) {
            ice.remoteUfrag(ufrag);
        } else if (!known.equals(ufrag)) {
            ice.restart(transports.newCredentials(), ufrag);
            transports.renamed(this);
        }
        fingerprints = List.copyOf(peerFingerprints);
        // From now on there is somebody who could be silent.
        lastHeardNanos = transports.loop.nowNanos();
        handshakeIfReady();
    }

    public List<Fingerprint> fingerprints() {
        return fingerprints;
    }

    public boolean isConnected() {
        return srtp != null && !closed;
    }

    void checked(long nowNanos) {
        lastHeardNanos = nowNanos;
        handshakeIfReady();
    }

    private void handshakeIfReady() {
        TransportAddress selected = ice.selected();
        if (closed || dtls != null || fingerprints.isEmpty() || selected == null) {
            return;
        }
        if (!transports.handshakes.begin(selected.address())) {
            transports.counters.count(Counter.DTLS_TOO_MANY);
            return;
        }
        shakingWith = selected.address();
        handshakeEndNanos = transports.loop.nowNanos() + MOST_HANDSHAKE_NANOS;
        dtls = DtlsSession.start(
                DtlsRole.SERVER,
                transports.dtls,
                fingerprints,
                datagram -> onLoop(() -> sendPlain(datagram)),
                new DtlsSession.Listener() {
                    @Override
                    public void established(SrtpKeys keys) {
                        // Deriving the factories is cheap; contexts come with their first packet.
                        onLoop(() -> connected(keys));
                    }

                    @Override
                    public void failed(String reason) {
                        onLoop(() -> handshakeFailed(reason));
                    }

                    @Override
                    public void ended(String reason) {
                        onLoop(() -> lose(reason));
                    }
                });
    }

    private void handshakeEnded() {
        if (shakingWith != null) {
            transports.handshakes.end(shakingWith);
            shakingWith = null;
        }
    }

    private void onLoop(Runnable task) {
        try {
            transports.loop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("the loop has ended before its DTLS session");
        }
    }

    private void connected(SrtpKeys keys) {
        if (closed) {
            return;
        }
        handshakeEnded();
        transports.counters.count(Counter.DTLS_COMPLETED);
        srtp = new SrtpSession(keys, TransportOptions.INBOUND_SOURCES, TransportOptions.OUTBOUND_SOURCES);
        listener.connected();
        early.release(this::rtp, this::rtcp);
    }

    private void keep(IcePath path, boolean control, byte[] buffer, int offset, int length, long arrivalNanos) {
        if (closed || dtls == null || !early.keep(path, control, buffer, offset, length, arrivalNanos)) {
            transports.counters.count(Counter.SRTP_BEFORE_KEYS);
        }
    }

    private void handshakeFailed(String reason) {
        if (!closed) {
            transports.counters.count(Counter.DTLS_FAILED);
            log.info("DTLS handshake failed: {}", reason);
            lose(reason);
        }
    }

    void dtls(byte[] buffer, int offset, int length) {
        if (length < DTLS_RECORD_HEADER || buffer[offset + 1] != DTLS_VERSION_HIGH) {
            transports.counters.count(Counter.DTLS_MALFORMED);
            return;
        }
        // Before the peer's SDP is here it will have to repeat itself.
        if (dtls != null && !dtls.received(buffer, offset, length)) {
            transports.counters.count(Counter.DTLS_OVERFLOW);
        }
    }

    void rtp(IcePath path, byte[] buffer, int offset, int length, long arrivalNanos) {
        SrtpSession session = srtp;
        if (session == null) {
            keep(path, false, buffer, offset, length, arrivalNanos);
            return;
        }
        int plain = session.unprotect(buffer, offset, length);
        if (plain < 0) {
            count(plain);
            return;
        }
        lastHeardNanos = arrivalNanos;
        path.heardNanos = arrivalNanos;
        listener.rtp(buffer, offset, plain, arrivalNanos);
    }

    void rtcp(IcePath path, byte[] buffer, int offset, int length, long arrivalNanos) {
        SrtpSession session = srtp;
        if (session == null) {
            keep(path, true, buffer, offset, length, arrivalNanos);
            return;
        }
        int plain = session.unprotectControl(buffer, offset, length);
        if (plain < 0) {
            count(plain);
            return;
        }
        lastHeardNanos = arrivalNanos;
        path.heardNanos = arrivalNanos;
        listener.rtcp(buffer, offset, plain, arrivalNanos);
    }

    private void count(int failure) {
        transports.counters.count(
                switch (failure) {
                    case SrtpSession.REPLAYED -> Counter.SRTP_REPLAYED;
                    case SrtpSession.TOO_SHORT -> Counter.RTP_MALFORMED;
                    default -> Counter.SRTP_UNAUTHENTIC;
                });
    }

    /** A source that turned out to be none of those signalled. */
    public void forgetSource(long ssrc) {
        if (srtp != null) {
            srtp.forgetReceived(ssrc);
        }
    }

    /** A source that we shall not send again. */
    public void forgetSent(long ssrc) {
        if (srtp != null) {
            srtp.forgetSent(ssrc);
        }
    }

    /** Encrypts in place, {@link SrtpSession#OVERHEAD_BYTES} must be free behind it, and sends. */
    public boolean sendRtp(byte[] buffer, int length) {
        SrtpSession session = srtp;
        TransportAddress to = ice.selected();
        if (closed || session == null || to == null) {
            return false;
        }
        try {
            transports.send(buffer, session.protect(buffer, 0, length), to);
            return true;
        } catch (GeneralSecurityException e) {
            transports.counters.count(Counter.SEND_FAILED);
            log.debug("cannot protect", e);
            return false;
        }
    }

    public void sendRtcp(List<? extends RtcpPacket> packets) {
        SrtpSession session = srtp;
        TransportAddress to = ice.selected();
        byte[] plain = RtcpPackets.encode(packets);
        if (closed || session == null || to == null || plain.length > LARGEST_REPORT) {
            return;
        }
        System.arraycopy(plain, 0, report, 0, plain.length);
        try {
            transports.send(report, session.protectControl(report, 0, plain.length), to);
        } catch (GeneralSecurityException e) {
            transports.counters.count(Counter.SEND_FAILED);
            log.debug("cannot protect", e);
        }
    }

    private void sendPlain(byte[] datagram) {
        TransportAddress to = ice.selected();
        if (to != null) {
            transports.send(datagram, datagram.length, to);
        }
    }

    /** To be called now and then: finds out that the peer is silent, or has moved. */
    public void tick(long nowNanos) {
        if (closed) {
            return;
        }
        if (nowNanos - lastHeardNanos > transports.options.pathTimeoutNanos()) {
            lose("path-lost");
        } else if (shakingWith != null && nowNanos - handshakeEndNanos > 0) {
            handshakeFailed("it took too long");
        } else if (ice.follow(nowNanos)) {
            transports.counters.count(Counter.PATHS_FOLLOWED);
        }
    }

    private void lose(String reason) {
        if (!closed) {
            close();
            listener.lost(reason);
        }
    }

    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        transports.forget(this);
        handshakeEnded();
        if (dtls != null) {
            dtls.close();
        }
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
    }
}
