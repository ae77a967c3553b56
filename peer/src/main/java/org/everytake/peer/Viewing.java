package org.everytake.peer;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.peer.media.InboundSection;
import org.everytake.peer.media.Subscription;
import org.everytake.peer.media.Viewer;
import org.everytake.peer.net.Network;
import org.everytake.peer.transport.Connection;
import org.everytake.peer.transport.Remote;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtp.RtpPacket;

/** A subscription and its connection. The {@link Connection.Media} part is called by the connection's loop. */
final class Viewing implements Connection.Media {
    private final Remote remote;
    private final Subscription subscription;
    private final Connection connection;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private Viewing(
            Network network,
            PeerOptions options,
            DtlsSession.Pool dtls,
            SplittableRandom random,
            Remote remote,
            Viewer viewer)
            throws IOException {
        this.remote = remote;
        ConnectionSender sender = new ConnectionSender();
        this.subscription = new Subscription(
                random.nextInt() & 0xFFFFFFFFL,
                options.name(),
                sender,
                viewer,
                options.media().keepsLogs());
        this.connection = Connection.open(options.name() + "-view", network, dtls, random.split(), this);
        sender.over(connection);
    }

    /** Connects. */
    static Viewing open(
            Network network,
            PeerOptions options,
            DtlsSession.Pool dtls,
            SplittableRandom random,
            Remote remote,
            Viewer viewer)
            throws IOException {
        Viewing viewing = new Viewing(network, options, dtls, random, remote, viewer);
        viewing.connection.start(remote);
        return viewing;
    }

    Remote remote() {
        return remote;
    }

    Subscription subscription() {
        return subscription;
    }

    Connection connection() {
        return connection;
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    void sections(List<InboundSection> sections) {
        connection.execute(() -> subscription.sections(sections));
    }

    @Override
    public void secure(long nowNanos) {
        ready.complete(null);
    }

    @Override
    public void rtp(RtpPacket packet, long arrivalNanos) throws Malformed {
        subscription.rtp(packet, arrivalNanos);
    }

    @Override
    public void rtcp(List<RtcpPacket> packets, long arrivalNanos) {
        subscription.rtcp(packets, arrivalNanos);
    }

    @Override
    public void tick(long nowNanos) {
        subscription.tick(nowNanos);
    }

    @Override
    public void ended(String reason) {
        ready.completeExceptionally(new IOException(reason));
    }
}
