package org.everytake.call.room;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.everytake.call.dtls.DtlsIdentity;
import org.everytake.call.dtls.DtlsRole;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.call.dtls.SrtpKeys;
import org.everytake.call.dtls.SrtpSession;
import org.everytake.wire.DatagramKind;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunClass;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.stun.TransactionId;

/** One connection of a person, as small as it can be: a socket, ICE's controlling side, DTLS client, SRTP. */
final class TestPeer implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    volatile String ufrag = newUfrag();
    final DtlsIdentity identity = DtlsIdentity.create(RANDOM, Instant.EPOCH);
    final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
    final BlockingQueue<RtcpPacket> rtcp = new LinkedBlockingQueue<>();
    private volatile DatagramSocket socket;
    private final CompletableFuture<SrtpSession> srtp = new CompletableFuture<>();
    private final CompletableFuture<DtlsSession> dtls = new CompletableFuture<>();
    private final CompletableFuture<Void> checked = new CompletableFuture<>();
    private volatile Thread reader;
    private volatile String serverUfrag = "";
    private volatile String serverPassword = "";
    private volatile InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    TestPeer() throws SocketException {
        socket = newSocket();
        reader = Thread.ofVirtual().start(() -> read(socket));
    }

    private static DatagramSocket newSocket() throws SocketException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static String newUfrag() {
        return "peer" + RANDOM.nextInt(1_000_000);
    }

    /** From now on all comes from another port, as when a NAT has forgotten its mapping. */
    void move() throws SocketException {
        DatagramSocket former = socket;
        DatagramSocket next = newSocket();
        socket = next;
        reader = Thread.ofVirtual().start(() -> read(next));
        former.close();
    }

    /** Checks and shakes hands with the server of that SDP. */
    void connect(String serverSdp) throws Exception {
        SessionDescription sdp = SessionDescription.parse(serverSdp);
        MediaDescription media = sdp.media().getFirst();
        reach(serverSdp);
        check(true);
        checked();
        dtls.complete(DtlsSession.start(
                DtlsRole.CLIENT,
                DtlsSession.Pool.of(identity, 1),
                sdp.fingerprints(media),
                datagram -> send(datagram, datagram.length),
                new DtlsSession.Listener() {
                    @Override
                    public void established(SrtpKeys keys) {
                        srtp.complete(new SrtpSession(keys, 20, 20));
                    }

                    @Override
                    public void failed(String reason) {
                        srtp.completeExceptionally(new IOException(reason));
                    }

                    @Override
                    public void ended(String reason) {
                        rtcp.clear();
                    }
                }));
        srtp.get(60, TimeUnit.SECONDS);
    }

    /** Takes address, user name and password of the server out of its SDP. */
    void reach(String serverSdp) throws Malformed {
        SessionDescription sdp = SessionDescription.parse(serverSdp);
        IceCandidate candidate = Objects.requireNonNull(sdp.media().getFirst().first(IceCandidate.class));
        server = new InetSocketAddress(candidate.address(), candidate.port());
        believe(serverSdp);
    }

    /** A check was answered. */
    void checked() throws Exception {
        checked.get(60, TimeUnit.SECONDS);
    }

    /** Takes user name and password of the server out of its SDP. */
    void believe(String serverSdp) throws Malformed {
        SessionDescription sdp = SessionDescription.parse(serverSdp);
        MediaDescription media = sdp.media().getFirst();
        serverUfrag = Objects.requireNonNull(sdp.iceUfrag(media));
        serverPassword = Objects.requireNonNull(sdp.icePwd(media));
    }

    void check(boolean nominate) {
        List<StunAttribute> attributes = new ArrayList<>(List.of(
                new StunAttribute.Username(serverUfrag + ":" + ufrag),
                new StunAttribute.Priority(1),
                new StunAttribute.IceControlling(1)));
        if (nominate) {
            attributes.add(new StunAttribute.UseCandidate());
        }
        byte[] request = StunMessage.bindingRequest(
                        TransactionId.of(RANDOM.nextInt(), RANDOM.nextLong()), attributes.toArray(StunAttribute[]::new))
                .encode(serverPassword.getBytes(StandardCharsets.UTF_8));
        send(request, request.length);
    }

    void send(byte[] datagram, int length) {
        try {
            socket.send(new DatagramPacket(datagram, length, server));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void sendRtp(int payloadType, int sequence, long ssrc) throws GeneralSecurityException {
        byte[] packet = new byte[200 + SrtpSession.OVERHEAD_BYTES];
        byte[] payload = {0x10, 0, 0, (byte) (sequence >>> 8), (byte) sequence};
        int length = RtpWriter.write(
                packet,
                0,
                new RtpHeader(payloadType, false, sequence, 960L * sequence, ssrc),
                List.of(),
                payload,
                0,
                payload.length);
        SrtpSession session = srtp.join();
        synchronized (session) {
            send(packet, session.protect(packet, 0, length));
        }
    }

    /** One packet of a source that never sends again. */
    void sendRtpOnce(int payloadType, long ssrc) throws GeneralSecurityException {
        sendRtp(payloadType, 1, ssrc);
        SrtpSession session = srtp.join();
        synchronized (session) {
            session.forgetSent(ssrc);
        }
    }

    void sendRtcp(RtcpPacket... packets) throws GeneralSecurityException {
        byte[] plain = RtcpPackets.encode(List.of(packets));
        byte[] buffer = Arrays.copyOf(plain, plain.length + SrtpSession.OVERHEAD_BYTES);
        SrtpSession session = srtp.join();
        synchronized (session) {
            send(buffer, session.protectControl(buffer, 0, plain.length));
        }
    }

    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    private void read(DatagramSocket from) {
        byte[] buffer = new byte[2_000];
        while (!from.isClosed()) {
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                from.receive(packet);
                received(buffer, packet.getLength());
            } catch (IOException e) {
                return;
            } catch (Malformed e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void received(byte[] buffer, int length) throws Malformed {
        switch (DatagramKind.of(buffer, 0, length)) {
            case STUN -> {
                if (StunMessage.parse(buffer, 0, length).messageClass() == StunClass.SUCCESS) {
                    checked.complete(null);
                }
            }
            case DTLS -> dtls.join().received(buffer, 0, length);
            case RTP -> {
                SrtpSession session = srtp.join();
                synchronized (session) {
                    int plain = session.unprotect(buffer, 0, length);
                    if (plain > 0) {
                        rtp.add(Arrays.copyOf(buffer, plain));
                    }
                }
            }
            case RTCP -> {
                SrtpSession session = srtp.join();
                synchronized (session) {
                    int plain = session.unprotectControl(buffer, 0, length);
                    if (plain > 0) {
                        rtcp.addAll(RtcpPackets.parse(buffer, 0, plain));
                    }
                }
            }
            case UNKNOWN -> throw new IllegalStateException("the server sends rubbish");
        }
    }

    /** Says goodbye in DTLS. */
    @Override
    public void close() throws InterruptedException {
        if (dtls.isDone()) {
            dtls.join().close();
        }
        socket.close();
        reader.join(5_000);
    }

    /** Goes without a word. */
    void vanish() {
        socket.close();
    }
}
