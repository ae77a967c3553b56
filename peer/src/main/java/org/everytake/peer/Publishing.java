package org.everytake.peer;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.peer.media.Layer;
import org.everytake.peer.media.Publication;
import org.everytake.peer.media.SenderClock;
import org.everytake.peer.media.SenderLog;
import org.everytake.peer.net.Network;
import org.everytake.peer.transport.Connection;
import org.everytake.peer.transport.Remote;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.sdp.SessionDescription;

/** A publication and its connection. The {@link Connection.Media} part is called by the connection's loop. */
final class Publishing implements Connection.Media {
    private final PeerOptions options;
    private final PublishSdp sdp;
    private final Publication publication;
    private final Connection connection;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private Publishing(
            Network network,
            PeerOptions options,
            SenderClock clock,
            DtlsSession.Pool dtls,
            SplittableRandom random,
            List<Layer> layers,
            SenderLog log)
            throws IOException {
        this.options = options;
        ConnectionSender sender = new ConnectionSender();
        this.sdp = new PublishSdp(options, layers.getLast().clip());
        this.publication = new Publication(
                layers,
                sdp.names(),
                clock,
                options.name(),
                random.split(),
                sender,
                options.media().keepsLogs() ? log : null);
        this.connection = Connection.open(options.name() + "-publish", network, dtls, random.split(), this);
        sender.over(connection);
    }

    static Publishing open(
            Network network,
            PeerOptions options,
            SenderClock clock,
            DtlsSession.Pool dtls,
            SplittableRandom random,
            List<Layer> layers,
            SenderLog log)
            throws IOException {
        return new Publishing(network, options, clock, dtls, random, layers, log);
    }

    Publication publication() {
        return publication;
    }

    Connection connection() {
        return connection;
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    CompletableFuture<String> ended() {
        return ended;
    }

    String offer(PeerSdp transport) {
        return sdp.offer(transport, publication.streams());
    }

    void answered(SessionDescription answer) throws Malformed {
        Remote remote = Remote.of(answer);
        connection.execute(() -> publication.agreed(sdp.audioAgreed(answer), sdp.videoAgreed(answer)));
        connection.start(remote);
    }

    @Override
    public void secure(long nowNanos) {
        Long start = options.clipStartNanos();
        publication.start(start == null ? nowNanos : start, nowNanos);
        ready.complete(null);
    }

    @Override
    public void rtp(RtpPacket packet, long arrivalNanos) {
        // The server sends nothing here.
    }

    @Override
    public void rtcp(List<RtcpPacket> packets, long arrivalNanos) {
        publication.rtcp(packets, arrivalNanos);
    }

    @Override
    public void tick(long nowNanos) {
        publication.tick(nowNanos);
    }

    @Override
    public void ended(String reason) {
        ready.completeExceptionally(new IOException(reason));
        ended.complete(reason);
    }
}
