package org.everytake.peer;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.everytake.call.dtls.DtlsIdentity;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.media.FeedbackStatistics;
import org.everytake.peer.media.FrameLog;
import org.everytake.peer.media.Layer;
import org.everytake.peer.media.ReceivedStatistics;
import org.everytake.peer.media.SenderClock;
import org.everytake.peer.media.SenderLog;
import org.everytake.peer.media.SentStatistics;
import org.everytake.peer.media.Viewer;
import org.everytake.peer.net.Network;
import org.everytake.peer.transport.Connection;
import org.everytake.peer.transport.Remote;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.VideoOrientation;
import org.everytake.wire.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * A participant: sends a clip over one connection and receives what others send over another, as a browser does. SDP
 * goes in and comes out; carrying it is the caller's.
 *
 * <pre>
 *  var peer = Peer.open(network, PeerOptions.of("anna", 1), viewer);
 *  String offer = peer.offer(clip);          // to the server, which answers
 *  peer.answered(answer);
 *  peer.publishing().join();                 // media flows
 *  String answer = peer.answer(serverOffer); // each time the server offers what others send
 * </pre>
 *
 * <p>Thread-safe. The {@link Viewer} is called on the thread of the connection's {@link org.everytake.peer.net.Line}.
 */
public final class Peer implements AutoCloseable {
    private final Network network;
    private final PeerOptions options;
    private final Viewer viewer;
    private final SenderClock clock;
    private final SenderLog log = new SenderLog();
    private final SplittableRandom random;
    private final DtlsIdentity identity;
    private final DtlsSession.Pool dtls;

    private @Nullable Publishing publishing;
    private @Nullable Viewing viewing;
    private boolean closed;

    private Peer(Network network, PeerOptions options, Viewer viewer) {
        this.network = network;
        this.options = options;
        this.viewer = viewer;
        this.clock =
                SenderClock.of(network.nanoTime(), network.wallTime(), options.clockOffset(), options.clockSkewPpm());
        this.random = new SplittableRandom(options.seed());
        this.identity = DtlsIdentity.create(new SecureRandom(), network.wallTime());
        this.dtls = DtlsSession.Pool.of(identity, 2);
    }

    /** A peer that has not connected yet. */
    public static Peer open(Network network, PeerOptions options, Viewer viewer) {
        return new Peer(network, options, viewer);
    }

    /** As {@link #open(Network, PeerOptions, Viewer)}, for one who only counts what comes. */
    public static Peer open(Network network, PeerOptions options) {
        return open(network, options, new Viewer() {});
    }

    /**
     * Offers to send a clip: audio with the mid {@code 0} and video with the mid {@code 1}, as far as the clip has them.
     * A second offer is a new connection in place of the first.
     *
     * @throws IOException if there is no port to be had
     */
    public String offer(Clip clip) throws IOException {
        return offer(Layer.only(clip));
    }

    /**
     * As {@link #offer(Clip)}, with the video in several layers.
     *
     * @param layers the smallest first; the audio is the last one's
     */
    public synchronized String offer(List<Layer> layers) throws IOException {
        requireOpen();
        if (publishing != null) {
            publishing.connection().close();
        }
        Publishing made = Publishing.open(network, options, clock, dtls, random.split(), layers, log);
        publishing = made;
        return made.offer(sdp(made.connection()));
    }

    /** The answer to {@link #offer}: connects and, once connected, sends. */
    public synchronized void answered(String sdp) throws Malformed {
        requireOpen();
        if (publishing == null) {
            throw new IllegalStateException("nothing was offered");
        }
        publishing.answered(SessionDescription.parse(sdp));
    }

    /**
     * Answers an offer to receive, taking everything. A further offer of the same transport changes what is received;
     * another transport replaces the connection.
     *
     * @throws IOException if there is no port to be had
     */
    public synchronized String answer(String offerSdp) throws Malformed, IOException {
        requireOpen();
        SessionDescription offer = SessionDescription.parse(offerSdp);
        ViewSdp sdp = new ViewSdp(options.media());
        Remote remote = Remote.of(offer);
        if (viewing != null && !viewing.remote().sameTransport(remote)) {
            viewing.connection().close();
            viewing = null;
        }
        if (viewing == null) {
            viewing = Viewing.open(network, options, dtls, random.split(), remote, viewer);
        }
        viewing.sections(sdp.sections(offer));
        return sdp.answer(sdp(viewing.connection()), offer);
    }

    /**
     * Done when the connection of the last {@link #offer} is ready and media flows; fails if it ends before.
     *
     * @throws IllegalStateException if nothing was offered
     */
    public synchronized CompletableFuture<Void> publishing() {
        if (publishing == null) {
            throw new IllegalStateException("nothing was offered");
        }
        return publishing.ready().copy();
    }

    /**
     * Done when the connection of the last {@link #answer} is ready; fails if it ends before.
     *
     * @throws IllegalStateException if nothing was answered
     */
    public synchronized CompletableFuture<Void> viewing() {
        if (viewing == null) {
            throw new IllegalStateException("nothing was answered");
        }
        return viewing.ready().copy();
    }

    /** Done with the reason when the connection of the last {@link #offer} is over but not by {@link #close}. */
    public synchronized CompletableFuture<String> publishingEnded() {
        if (publishing == null) {
            throw new IllegalStateException("nothing was offered");
        }
        return publishing.ended().copy();
    }

    /** Stops or resumes sending of audio; the clip goes on meanwhile. */
    public synchronized void sendAudio(boolean on) {
        if (publishing != null) {
            publishing.publication().sendAudio(on);
        }
    }

    /** Stops or resumes sending of video, which resumes with a key frame; the clip goes on meanwhile. */
    public synchronized void sendVideo(boolean on) {
        if (publishing != null) {
            publishing.publication().sendVideo(on);
        }
    }

    /** As {@link #sendVideo}, of one layer. */
    public synchronized void sendLayer(String rid, boolean on) {
        if (publishing != null) {
            publishing.publication().sendLayer(rid, on);
        }
    }

    /** Turns the camera: how pictures are to be turned from the next one on. */
    public synchronized void turn(VideoOrientation orientation) {
        if (publishing != null) {
            publishing.publication().orientation(orientation);
        }
    }

    /**
     * How loud the audio is said to be from now on.
     *
     * @param level 0, as loud as can be, to 127, which is silence and no speech
     */
    public synchronized void audioLevel(int level) {
        if (publishing != null) {
            publishing.publication().audioLevel(level);
        }
    }

    /** Of each stream of the last {@link #offer}. */
    public synchronized List<SentStatistics> sent() {
        return publishing == null ? List.of() : publishing.publication().statistics();
    }

    /** What was said of the packets of the last {@link #offer}, over all streams. */
    public synchronized FeedbackStatistics feedback() {
        return publishing == null
                ? new FeedbackStatistics(0, 0, 0)
                : publishing.publication().feedback();
    }

    /** Of each stream that is received. */
    public synchronized List<ReceivedStatistics> received() {
        return viewing == null ? List.of() : viewing.subscription().statistics();
    }

    /**
     * When the frames of a media section that is received were whole.
     *
     * @throws IllegalStateException if nothing was answered
     */
    public synchronized FrameLog frames(String mid) {
        if (viewing == null) {
            throw new IllegalStateException("nothing was answered");
        }
        return viewing.subscription().frames(mid);
    }

    /** What was sent, packet by packet; empty if no logs are kept. */
    public SenderLog log() {
        return log;
    }

    /** By which its reports and its media run. */
    public SenderClock clock() {
        return clock;
    }

    /** Stops sending without a word, as one whose network is gone: no goodbye, no more checks. */
    public synchronized void vanish() {
        if (publishing != null) {
            publishing.connection().vanish();
        }
        if (viewing != null) {
            viewing.connection().vanish();
        }
    }

    /** Says goodbye on both connections and ends their threads. */
    @Override
    public synchronized void close() {
        closed = true;
        if (publishing != null) {
            publishing.connection().close();
        }
        if (viewing != null) {
            viewing.connection().close();
        }
    }

    private PeerSdp sdp(Connection connection) {
        return new PeerSdp(connection, identity.fingerprint(), random.nextLong() >>> 1);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the peer is closed");
        }
    }
}
