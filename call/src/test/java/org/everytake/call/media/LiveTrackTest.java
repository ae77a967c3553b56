package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.everytake.call.Codec;
import org.everytake.call.Kind;
import org.everytake.call.Track;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.Test;

class LiveTrackTest {
    private static final List<Codec> VP8 = List.of(new Codec(96, "VP8", 90_000, 0, ""));

    private static LiveTrack camera(PublishOffer.Repair repair, String... rids) {
        return new LiveTrack(new Track(1, "anna", Kind.CAMERA, "0", VP8, Map.of()), List.of(rids), repair);
    }

    private static LiveTrack layered() {
        LiveTrack track = camera(PublishOffer.Repair.NONE, "q", "h", "f");
        int scale = 4;
        for (String rid : List.of("q", "h", "f")) {
            InboundStream stream = track.addStream(scale, rid, 96, 0);
            stream.layer().keyFrame(FrameSize.of(1_280 / scale, 720 / scale), 0);
            scale /= 2;
        }
        return track;
    }

    @Test
    void whatIsSeenAndRecordedIsNeeded() {
        LiveTrack track = layered();
        assertThat(track.needed(720, false, 0)).containsExactlyInAnyOrder("q", "h", "f");
        assertThat(track.needed(300, false, 0)).containsExactlyInAnyOrder("q", "h");
        assertThat(track.needed(90, false, 0)).containsExactly("q");
        assertThat(track.needed(90, true, 0)).containsExactlyInAnyOrder("q", "f");
        assertThat(track.needed(0, true, 0)).containsExactly("f");
        assertThat(track.needed(0, false, 0)).isEmpty();
    }

    @Test
    void aLayerThatNeverCameMayBeTheBest() {
        LiveTrack track = camera(PublishOffer.Repair.NONE, "q", "f");
        track.addStream(1, "q", 96, 0).layer().keyFrame(FrameSize.of(320, 180), 0);
        assertThat(track.needed(90, true, 0)).containsExactlyInAnyOrder("q", "f");
    }

    @Test
    void aTrackOfOneLayerIsNeededOrNot() {
        LiveTrack track = camera(PublishOffer.Repair.NONE);
        assertThat(track.needed(10, false, 0)).containsExactly("");
        assertThat(track.needed(0, true, 0)).containsExactly("");
        assertThat(track.needed(0, false, 0)).isEmpty();
    }

    @Test
    void keyFramesAreAskedForOfEachLayerByWhatThePublisherTakes() {
        LiveTrack track = layered();
        track.layers().forEach(layer -> layer.keyFrames().want());
        List<RtcpPacket> asked = track.feedbackDue(9, 1, false);
        assertThat(asked).hasSize(3).allMatch(PictureLossIndication.class::isInstance);
        LiveTrack old = camera(new PublishOffer.Repair(true, true, Map.of(), Map.of()));
        old.addStream(7, "", 96, 0);
        assertThat(old.feedbackDue(9, 1, false))
                .singleElement()
                .isInstanceOfSatisfying(
                        FullIntraRequest.class,
                        fir -> assertThat(fir.entries().getFirst().ssrc()).isEqualTo(7));
    }

    @Test
    void whatFellSilentIsNotAskedForKeyFrames() {
        LiveTrack track = layered();
        assertThat(track.feedbackDue(9, 5_000_000_000L, true)).isEmpty();
    }
}
