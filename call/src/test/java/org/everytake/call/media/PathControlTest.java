package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.CallCounters;
import org.everytake.call.Codec;
import org.everytake.call.Kind;
import org.everytake.call.Track;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which layer a subscriber is to get, in stepped time. */
class PathControlTest {
    private static final long MILLI = 1_000_000L;

    private final CallCounters counters = new CallCounters();
    private final PathControl path = new PathControl(counters);
    private final LiveTrack camera = new LiveTrack(
            new Track(1, "anna", Kind.CAMERA, "0", List.of(new Codec(96, "VP8", 90_000, 0, "")), Map.of()),
            List.of("q", "f"),
            PublishOffer.Repair.NONE);
    private final Layer quarter = camera.addStream(1, "q", 96, 0).layer();
    private final Layer full = camera.addStream(2, "f", 96, 0).layer();
    private final SubscribedSection section = new SubscribedSection("0", true);
    private Forwarder forwarder;
    private long now;

    @BeforeEach
    void subscribe() {
        forwarder = new Forwarder(
                new Forwarder.Outlet() {
                    @Override
                    public int count(int bytes) {
                        return path.count(bytes, now);
                    }

                    @Override
                    public boolean sendRtp(byte[] buffer, int length) {
                        return true;
                    }

                    @Override
                    public void sendRtcp(List<? extends RtcpPacket> packets) {}
                },
                counters,
                new Forwarder.Format(5, 6, "0", "anna", Set.of(SupportedCodec.VP8), Set.of(2), true),
                0);
        section.track = camera;
        section.forwarder = forwarder;
        camera.add(forwarder);
        quarter.keyFrame(FrameSize.of(320, 180), 0);
    }

    /** Layers flow at so many bits per second each. */
    private void flow(long millis, long quarterBits, long fullBits) {
        for (long end = now + millis * MILLI; now < end; now += 10 * MILLI) {
            if (quarterBits > 0) {
                quarter.arrived((int) (quarterBits / 800), 90 * now / MILLI, now);
            }
            if (fullBits > 0) {
                full.arrived((int) (fullBits / 800), 90 * now / MILLI, now);
            }
            path.tick(List.of(section), now);
        }
    }

    @Test
    void theBestLayerThatFitsIsSent() {
        full.keyFrame(FrameSize.of(1_280, 720), 0);
        flow(500, 150_000, 400_000);
        assertThat(forwarder.target()).isSameAs(full);
    }

    @Test
    void oneThatIsSeenSmallGetsTheSmallestThatServes() {
        full.keyFrame(FrameSize.of(1_280, 720), 0);
        section.viewedLines = 180;
        flow(500, 150_000, 400_000);
        assertThat(forwarder.target()).isSameAs(quarter);
        section.viewedLines = 0;
        flow(200, 150_000, 400_000);
        assertThat(forwarder.target()).isNull();
    }

    @Test
    void aLayerThatWasAnnouncedAndFellSilentIsLeft() {
        full.keyFrame(FrameSize.of(1_280, 720), 0);
        full.arrived(1_000, 0, 0);
        flow(500, 150_000, 0);
        flow(2_000, 150_000, 0);
        assertThat(forwarder.target()).isSameAs(quarter);
        assertThat(quarter.keyFrames().due(now, false))
                .as("a key frame is asked for")
                .isTrue();
    }

    @Test
    void theOnlyLayerIsSentThoughTheEstimateIsLowerUntilTheLimitIsKnown() {
        flow(2_000, 900_000, 0);
        assertThat(forwarder.target()).isSameAs(quarter);
    }
}
