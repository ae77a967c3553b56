package org.everytake.peer.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.everytake.call.TransportAddress;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunClass;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * ICE (RFC 8445) with one local candidate, then consent (RFC 7675). It takes the controlling side, which is right towards
 * whoever is lite, and gives way to a full agent that insists (role conflict): then that one nominates. Free of I/O; owned
 * by the connection's loop.
 *
 * <pre>
 *  NEW --start--> CHECKING --a check answered--> NOMINATING --USE-CANDIDATE answered--> CONNECTED
 *                    |                               |                                     |
 *                    +------ nothing for 30 s -------+-----------> FAILED <----------------+
 * </pre>
 */
final class IceAgent {
    enum State {
        NEW,
        CHECKING,
        NOMINATING,
        CONNECTED,
        FAILED
    }

    /** Puts a datagram on the network. */
    interface Sender {
        void send(byte[] datagram, TransportAddress to);
    }

    private static final long CHECK_NANOS = Duration.ofMillis(50).toNanos();
    private static final long SLOWEST_CHECK_NANOS = Duration.ofMillis(500).toNanos();
    private static final long CONSENT_NANOS = Duration.ofSeconds(4).toNanos();
    private static final long CONSENT_LIFE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long TRANSACTION_LIFE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_CANDIDATES = 16;

    /** RFC 8445, section 7.3.1.1. */
    private static final int ROLE_CONFLICT = 487;

    private record Transaction(TransportAddress to, boolean nominates, long sentNanos) {}

    private final String ufrag;
    private final String password;
    private final boolean tcp;
    private final RandomGenerator random;
    private final Sender sender;
    private final long tieBreaker;
    private final Map<TransactionId, Transaction> pending = new HashMap<>();
    private final List<TransportAddress> remotes = new ArrayList<>();

    private State state = State.NEW;
    private boolean controlling = true;

    /** By the other side, which is controlling. */
    private boolean nominated;

    private String remoteUfrag = "";
    private byte[] remoteKey = {};
    private @Nullable TransportAddress selected;
    private long nextCheckNanos;
    private long checkIntervalNanos = CHECK_NANOS;
    private long heardNanos;

    /** @param tcp whether connections are opened by TCP to passive candidates */
    IceAgent(String ufrag, String password, boolean tcp, RandomGenerator random, Sender sender) {
        this.tcp = tcp;
        this.ufrag = ufrag;
        this.password = password;
        this.random = random;
        this.sender = sender;
        this.tieBreaker = random.nextLong();
    }

    void start(String remoteUfrag, String remotePassword, List<IceCandidate> candidates, long nowNanos) {
        this.remoteUfrag = remoteUfrag;
        this.remoteKey = remotePassword.getBytes(StandardCharsets.UTF_8);
        for (IceCandidate candidate : candidates) {
            TransportAddress address = addressOf(candidate);
            if (address != null && remotes.size() < MOST_CANDIDATES && !remotes.contains(address)) {
                remotes.add(address);
            }
        }
        state = State.CHECKING;
        heardNanos = nowNanos;
        nextCheckNanos = nowNanos;
    }

    State state() {
        return state;
    }

    /** Where to send; null before it is known. */
    @Nullable
    TransportAddress selected() {
        return selected;
    }

    void tick(long nowNanos) {
        if (state == State.NEW || state == State.FAILED) {
            return;
        }
        if (nowNanos - heardNanos > CONSENT_LIFE_NANOS) {
            state = State.FAILED;
            return;
        }
        if (nowNanos - nextCheckNanos < 0) {
            return;
        }
        pending.values().removeIf(transaction -> nowNanos - transaction.sentNanos > TRANSACTION_LIFE_NANOS);
        if (state == State.CHECKING) {
            remotes.forEach(remote -> check(remote, false, nowNanos));
        } else if (selected != null) {
            check(selected, controlling && state == State.NOMINATING, nowNanos);
        }
        if (state == State.CONNECTED) {
            // Spread, so that many peers do not ask in step (RFC 7675, section 5.1).
            nextCheckNanos = nowNanos + (long) (CONSENT_NANOS * random.nextDouble(0.8, 1.2));
        } else {
            nextCheckNanos = nowNanos + checkIntervalNanos;
            checkIntervalNanos = Math.min(SLOWEST_CHECK_NANOS, checkIntervalNanos * 2);
        }
    }

    void received(StunMessage message, TransportAddress from, long nowNanos) {
        switch (message.messageClass()) {
            case REQUEST -> answer(message, from);
            case SUCCESS -> succeeded(message, nowNanos);
            case ERROR -> refused(message, nowNanos);
            case INDICATION -> {
                // Keeps a NAT's mapping alive, no more.
            }
        }
    }

    /** But for a role conflict the check is repeated until it is answered well or time is over. */
    private void refused(StunMessage message, long nowNanos) {
        Transaction transaction = pending.remove(message.transactionId());
        StunAttribute.ErrorCode error = message.attribute(StunAttribute.ErrorCode.class);
        boolean conflict = error != null && error.code() == ROLE_CONFLICT;
        if (transaction != null && conflict && controlling && message.authentic(remoteKey)) {
            controlling = false;
            nextCheckNanos = nowNanos;
        }
    }

    private void succeeded(StunMessage message, long nowNanos) {
        Transaction transaction = pending.remove(message.transactionId());
        if (transaction == null || !message.authentic(remoteKey)) {
            return;
        }
        heardNanos = nowNanos;
        if (state == State.CHECKING) {
            selected = transaction.to;
            state = State.NOMINATING;
            checkIntervalNanos = CHECK_NANOS;
            nextCheckNanos = nowNanos;
            tick(nowNanos);
        }
        if (state == State.NOMINATING && (transaction.nominates || (nominated && !controlling))) {
            state = State.CONNECTED;
            nextCheckNanos = nowNanos + CONSENT_NANOS;
        }
    }

    /** A server that is not lite checks us, too. */
    private void answer(StunMessage request, TransportAddress from) {
        byte[] key = password.getBytes(StandardCharsets.UTF_8);
        if (request.authentic(key)) {
            nominated |= request.useCandidate();
            sender.send(request.success(from.socketAddress()).encode(key), from);
        }
    }

    private void check(TransportAddress to, boolean nominate, long nowNanos) {
        TransactionId id = TransactionId.of(random.nextInt(), random.nextLong());
        List<StunAttribute> attributes = new ArrayList<>(List.of(
                new StunAttribute.Username(remoteUfrag + ":" + ufrag),
                new StunAttribute.Priority(IceCandidate.priority(110, 65535, 1)),
                controlling
                        ? new StunAttribute.IceControlling(tieBreaker)
                        : new StunAttribute.IceControlled(tieBreaker)));
        if (nominate) {
            attributes.add(new StunAttribute.UseCandidate());
        }
        pending.put(id, new Transaction(to, nominate, nowNanos));
        StunMessage request = StunMessage.of(StunClass.REQUEST, StunMessage.BINDING, id, attributes);
        sender.send(request.encode(remoteKey), to);
    }

    private @Nullable TransportAddress addressOf(IceCandidate candidate) {
        // Names would have to be looked up, which a peer on a loop must not wait for.
        boolean literal = candidate.address().matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        boolean ours = tcp ? IceCandidate.PASSIVE.equals(candidate.tcpType()) : candidate.isUdp();
        if (!ours || candidate.component() != 1 || candidate.port() == 0 || !literal) {
            return null;
        }
        try {
            var address = new InetSocketAddress(InetAddress.getByName(candidate.address()), candidate.port());
            return tcp ? TransportAddress.tcp(address) : TransportAddress.udp(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
