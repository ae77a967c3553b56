package org.everytake.peer.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.everytake.call.TransportAddress;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.call.dtls.SrtpKeys;
import org.everytake.call.dtls.SrtpSession;
import org.everytake.call.net.EventLoop;
import org.everytake.peer.net.Line;
import org.everytake.peer.net.Network;
import org.everytake.wire.DatagramKind;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.stun.StunMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transport: a line, ICE, DTLS and SRTP. Everything but {@link #open}, {@link #start} and
 * {@link #close} happens on the loop's thread.
 */
public final class Connection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private static final int MOST_SOURCES = 512;
    private static final int LARGEST_PACKET = 2048;

    /** What is done over the connection. Called on its loop's thread. */
    public interface Media {
        /** Keys are agreed: from now on media may flow. */
        void secure(long nowNanos);

        /**
         * @param packet decrypted; valid during the call
         * @throws Malformed if it is not what it claims to be
         */
        void rtp(RtpPacket packet, long arrivalNanos) throws Malformed;

        void rtcp(List<RtcpPacket> packets, long arrivalNanos);

        /** Each 10 ms while it is secure. */
        void tick(long nowNanos);

        /** It is over: the last call. Not called when it is closed from here. */
        void ended(String reason);
    }

    private final Line line;
    private final DtlsSession.Pool dtlsPool;
    private final IceAgent ice;
    private final Media media;
    private final String ufrag;
    private final String password;
    private final RtpPacket view = new RtpPacket();
    private final byte[] out = new byte[LARGEST_PACKET];
    private @Nullable Remote remote;
    private @Nullable DtlsSession dtls;
    private @Nullable SrtpSession srtp;
    private boolean over;
    private boolean silent;
    private long malformed;

    private Connection(Line line, boolean isTcp, DtlsSession.Pool pool, RandomGenerator random, Media media) {
        this.line = line;
        this.dtlsPool = pool;
        this.media = media;
        this.ufrag = Words.random(random, 8);
        this.password = Words.random(random, 24);
        this.ice = new IceAgent(ufrag, password, isTcp, random, this::sendRaw);
    }

    /**
     * Opens a line of that name.
     *
     * @param random used by the loop only from now on
     */
    public static Connection open(
            String name, Network network, DtlsSession.Pool pool, RandomGenerator random, Media media)
            throws IOException {
        Connection connection = new Connection(network.line(name), network.isTcp(), pool, random, media);
        connection.line.start(connection.new Handler());
        return connection;
    }

    public String ufrag() {
        return ufrag;
    }

    public String password() {
        return password;
    }

    public InetSocketAddress localAddress() {
        return line.localAddress();
    }

    /** Any thread. */
    public void start(Remote remoteEnd) {
        line.execute(() -> {
            remote = remoteEnd;
            ice.start(remoteEnd.ufrag(), remoteEnd.password(), remoteEnd.candidates(), line.nowNanos());
            ice.tick(line.nowNanos());
        });
    }

    /** Runs something on the loop's thread; any thread. Nothing happens if the loop has ended. */
    public void execute(Runnable task) {
        try {
            line.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("the connection is closed", e);
        }
    }

    public long nowNanos() {
        return line.nowNanos();
    }

    /** Encrypts and sends a copy of an RTP packet; loop only. */
    public void sendRtp(byte[] packet, int length) {
        SrtpSession session = srtp;
        TransportAddress to = ice.selected();
        if (session == null || to == null) {
            return;
        }
        System.arraycopy(packet, 0, out, 0, length);
        try {
            line.send(out, 0, session.protect(out, 0, length), to);
        } catch (GeneralSecurityException e) {
            // A packet that is sent again with none of its stream in between, which the JDK's cipher refuses: the same
            // to
            // the receiver as one more loss, and it will ask again.
            log.debug("cannot encrypt", e);
        }
    }

    /** Encrypts and sends a compound packet; loop only. */
    public void sendRtcp(List<RtcpPacket> packets) {
        SrtpSession session = srtp;
        TransportAddress to = ice.selected();
        if (session == null || to == null) {
            return;
        }
        byte[] encoded = RtcpPackets.encode(packets);
        System.arraycopy(encoded, 0, out, 0, encoded.length);
        try {
            line.send(out, 0, session.protectControl(out, 0, encoded.length), to);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt", e);
        }
    }

    /** Falls silent for good, without a goodbye. Any thread. */
    public void vanish() {
        execute(() -> {
            silent = true;
            end("vanished");
        });
    }

    /** Says goodbye and waits for the loop's end. Not on the loop's thread. */
    @Override
    public void close() {
        line.close();
    }

    private void sendRaw(byte[] datagram, TransportAddress to) {
        if (silent) {
            return;
        }
        line.send(datagram, 0, datagram.length, to);
    }

    private void end(String reason) {
        if (over) {
            return;
        }
        over = true;
        closeSessions();
        media.ended(reason);
    }

    private void closeSessions() {
        if (dtls != null) {
            dtls.close();
        }
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
    }

    private void startDtls(Remote end) {
        dtls = DtlsSession.start(end.role(), dtlsPool, end.fingerprints(), this::sendDtls, new DtlsSession.Listener() {
            @Override
            public void established(SrtpKeys keys) {
                execute(() -> secure(keys));
            }

            @Override
            public void failed(String reason) {
                execute(() -> end("DTLS failed: " + reason));
            }

            @Override
            public void ended(String reason) {
                execute(() -> end(reason));
            }
        });
    }

    /** Comes from the session's thread, but for the goodbye, which comes from the loop's. */
    private void sendDtls(byte[] datagram) {
        if (!line.isLoopThread()) {
            execute(() -> sendDtls(datagram));
            return;
        }
        TransportAddress to = ice.selected();
        if (to != null) {
            sendRaw(datagram, to);
        }
    }

    private void secure(SrtpKeys keys) {
        if (!over) {
            srtp = new SrtpSession(keys, MOST_SOURCES, MOST_SOURCES);
            media.secure(line.nowNanos());
        }
    }

    private final class Handler implements EventLoop.Handler {
        @Override
        public void tick(long nowNanos) {
            if (over) {
                return;
            }
            ice.tick(nowNanos);
            if (ice.state() == IceAgent.State.FAILED) {
                end("no answer to connectivity checks");
            } else if (ice.state() == IceAgent.State.CONNECTED && dtls == null && remote != null) {
                startDtls(remote);
            }
            if (srtp != null) {
                media.tick(nowNanos);
            }
        }

        @Override
        public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
            if (over) {
                return;
            }
            try {
                switch (DatagramKind.of(buffer, offset, length)) {
                    case STUN -> ice.received(StunMessage.parse(buffer, offset, length), from, arrivalNanos);
                    case DTLS -> {
                        if (dtls != null) {
                            dtls.received(buffer, offset, length);
                        }
                    }
                    case RTP -> rtp(buffer, offset, length, arrivalNanos);
                    case RTCP -> rtcp(buffer, offset, length, arrivalNanos);
                    case UNKNOWN -> malformed++;
                }
            } catch (Malformed e) {
                malformed++;
                log.debug("dropped, {} so far", malformed, e);
            }
        }

        private void rtp(byte[] buffer, int offset, int length, long arrivalNanos) throws Malformed {
            int plain = srtp == null ? -1 : srtp.unprotect(buffer, offset, length);
            if (plain >= 0) {
                media.rtp(view.wrap(buffer, offset, plain), arrivalNanos);
            }
        }

        private void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) throws Malformed {
            int plain = srtp == null ? -1 : srtp.unprotectControl(buffer, offset, length);
            if (plain >= 0) {
                media.rtcp(RtcpPackets.parse(buffer, offset, plain), arrivalNanos);
            }
        }

        @Override
        public void closing() {
            if (!over) {
                over = true;
                closeSessions();
            }
        }
    }
}
