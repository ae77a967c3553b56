package org.everytake.call.dtls;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.everytake.wire.sdp.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DTLS association for the sake of its SRTP keys: the handshake, then the wait for the peer's goodbye (and the answers
 * to repeated flights, which the peer sends when our last one was lost). Runs on a virtual thread of its own, since the
 * library blocks.
 *
 * <pre>
 *  start -> handshake --> established(keys) -> ended(reason)
 *               |
 *               +-------> failed(reason)
 * </pre>
 */
public final class DtlsSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DtlsSession.class);

    private static final int LARGEST_RECORD = 2_048;
    private static final int IDLE_MILLIS = 60_000;

    /** Puts a datagram on the network; called on the session's thread; the array is the receiver's to keep. */
    public interface Sender {
        void send(byte[] datagram);
    }

    /** Called on the session's thread, in this order; exactly one of failed and ended comes, and comes last. */
    public interface Listener {
        /** The handshake is complete and the peer's certificate is the one of the fingerprint. */
        void established(SrtpKeys keys);

        void failed(String reason);

        /** After it was established: the peer said goodbye, an alert came, or it was closed here. */
        void ended(String reason);
    }

    /**
     * What sessions share.
     *
     * @param handshakes how many may calculate at the same time, others wait
     */
    public record Pool(DtlsIdentity identity, Semaphore handshakes) {
        public static Pool of(DtlsIdentity identity, int handshakesAtATime) {
            return new Pool(identity, new Semaphore(handshakesAtATime, true));
        }
    }

    private final QueueTransport transport;
    private volatile @Nullable DTLSTransport open;

    private DtlsSession(QueueTransport transport) {
        this.transport = transport;
    }

    /**
     * @param expected the peer's certificate must match one of them
     */
    public static DtlsSession start(
            DtlsRole role, Pool pool, List<Fingerprint> expected, Sender sender, Listener listener) {
        var session = new DtlsSession(new QueueTransport(role, sender, pool.handshakes()));
        Thread.ofVirtual().name("dtls-" + role).start(() -> session.run(role, pool, List.copyOf(expected), listener));
        return session;
    }

    /** A datagram whose first byte is 20 to 63 (RFC 7983); copied. False if too many wait, and it is dropped. */
    public boolean received(byte[] buffer, int offset, int length) {
        return transport.offer(buffer, offset, length);
    }

    /** Says goodbye if there is somebody to say it to, and ends the session without waiting. Any thread. */
    @Override
    public void close() {
        DTLSTransport dtls = open;
        if (dtls == null) {
            transport.close();
            return;
        }
        try {
            dtls.close();
        } catch (IOException | RuntimeException e) {
            log.debug("closing DTLS", e);
            transport.close();
        }
    }

    private void run(DtlsRole role, Pool pool, List<Fingerprint> expected, Listener listener) {
        DTLSTransport dtls;
        var agreement = new SrtpAgreement(pool.identity(), expected);
        transport.begin();
        try {
            dtls = handshake(role, agreement);
        } catch (IOException | RuntimeException e) {
            // The library throws unchecked exceptions at odd input, too.
            log.debug("DTLS handshake", e);
            transport.close();
            listener.failed(describe(e));
            return;
        } finally {
            transport.end();
        }
        open = dtls;
        listener.established(agreement.keys());
        listener.ended(untilGoodbye(dtls, agreement));
    }

    private DTLSTransport handshake(DtlsRole role, SrtpAgreement agreement) throws IOException {
        return role == DtlsRole.CLIENT
                ? new DTLSClientProtocol().connect(new SrtpTlsClient(agreement), transport)
                : new DTLSServerProtocol().accept(new SrtpTlsServer(agreement), transport);
    }

    private String untilGoodbye(DTLSTransport dtls, SrtpAgreement agreement) {
        byte[] ignored = new byte[LARGEST_RECORD];
        try {
            while (!agreement.isEnded()) {
                // Nothing is expected here but alerts and repeated flights; data channels are not offered.
                dtls.receive(ignored, 0, ignored.length, IDLE_MILLIS);
            }
            dtls.close();
            return "closed by the peer";
        } catch (IOException | RuntimeException e) {
            log.debug("DTLS ended", e);
            return agreement.isEnded() ? "closed by the peer" : describe(e);
        } finally {
            transport.close();
        }
    }

    private static String describe(Exception e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
}
