package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.Codec;
import org.everytake.call.Kind;
import org.everytake.call.Track;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.sdp.ExtMap;
import org.junit.jupiter.api.Test;

class SourceTableTest {
    private static final Codec OPUS = new Codec(111, "opus", 48_000, 2, "");
    private static final Codec VP8 = new Codec(96, "VP8", 90_000, 0, "");

    private static final PublishOffer.Repair REPAIR =
            new PublishOffer.Repair(true, false, Map.of(97, 96), Map.of(20L, 2L));

    private final SourceTable table = new SourceTable();

    private PublishedSection section(String mid, Codec codec, Map<Integer, String> extensions, Long... ssrcs) {
        boolean video = codec.equals(VP8);
        var section = new PublishedSection(
                new PublishOffer.Section(
                        mid, video, true, List.of(codec), extensions, Set.of(ssrcs), List.of(), REPAIR),
                video ? Kind.CAMERA : Kind.MICROPHONE);
        table.put(mid, section);
        return section;
    }

    private static RtpPacket packet(int payloadType, long ssrc, HeaderExtension... extensions) throws Malformed {
        byte[] bytes = new byte[100];
        int length = RtpWriter.write(
                bytes, 0, new RtpHeader(payloadType, false, 1, 1, ssrc), List.of(extensions), new byte[4], 0, 4);
        return new RtpPacket().wrap(bytes, 0, length);
    }

    @Test
    void aSignalledSsrcIsKnown() throws Malformed {
        section("0", OPUS, Map.of(), 1L);
        PublishedSection video = section("1", VP8, Map.of(), 2L, 3L);
        SourceTable.Source source = table.learn(packet(96, 3));
        assertThat(source).isNotNull();
        assertThat(source.section).isSameAs(video);
        assertThat(table.known(3)).isSameAs(source);
        assertThat(table.learn(packet(96, 4))).as("not signalled").isNull();
    }

    @Test
    void theMidDecidesWhereNoSsrcIsSignalled() throws Malformed {
        PublishedSection first = section("a", VP8, Map.of(4, ExtMap.MID));
        PublishedSection second = section("b", VP8, Map.of(4, ExtMap.MID));
        SourceTable.Source source = table.learn(packet(96, 9, HeaderExtension.text(4, "b")));
        assertThat(source).isNotNull();
        assertThat(source.section).isSameAs(second).isNotSameAs(first);
        assertThat(table.learn(packet(96, 10, HeaderExtension.text(4, "c")))).isNull();
        assertThat(table.learn(packet(96, 11)))
                .as("two sections have this payload type")
                .isNull();
    }

    @Test
    void aPayloadTypeOfOnlyOneSectionIsEnough() throws Malformed {
        section("a", OPUS, Map.of());
        PublishedSection video = section("b", VP8, Map.of());
        SourceTable.Source source = table.learn(packet(96, 9));
        assertThat(source).isNotNull();
        assertThat(source.section).isSameAs(video);
        assertThat(table.learn(packet(97, 10))).isNull();
    }

    @Test
    void sourcesThatAreNoLongerSignalledAreForgotten() throws Malformed {
        PublishedSection video = section("b", VP8, Map.of(), 1L);
        assertThat(table.learn(packet(96, 1))).isNotNull();
        video.describe(
                new PublishOffer.Section("b", true, true, List.of(VP8), Map.of(), Set.of(2L), List.of(), REPAIR),
                Kind.CAMERA);
        table.signalled(video);
        assertThat(table.known(1)).isNull();
        assertThat(table.learn(packet(96, 1))).isNull();
        assertThat(table.learn(packet(96, 2))).isNotNull();
        table.remove("b");
        assertThat(table.known(2)).isNull();
    }

    @Test
    void sourcesAreBoundedAndThoseOfClosedTracksMakeRoom() throws Malformed {
        PublishedSection section = section("b", VP8, Map.of());
        var track = new LiveTrack(new Track(1, "anna", Kind.CAMERA, "b", List.of(VP8), Map.of()), List.of(), REPAIR);
        section.track = track;
        for (int i = 0; i < 64; i++) {
            SourceTable.Source source = table.learn(packet(96, i));
            assertThat(source).isNotNull();
            source.track = track;
        }
        assertThat(table.learn(packet(96, 98))).isNull();
        section.closed();
        assertThat(table.learn(packet(96, 99))).isNotNull();
        assertThat(table.known(0)).isNull();
    }

    @Test
    void aLayerIsToldByItsRidAndItsRetransmissionsByTheRepairedOne() throws Malformed {
        var offered = new PublishOffer.Section(
                "v",
                true,
                true,
                List.of(VP8),
                Map.of(4, ExtMap.MID, 10, ExtMap.RTP_STREAM_ID, 11, ExtMap.REPAIRED_RTP_STREAM_ID),
                Set.of(),
                List.of("q", "f"),
                REPAIR);
        var section = new PublishedSection(offered, Kind.CAMERA);
        table.put("v", section);
        var track = new LiveTrack(new Track(1, "anna", Kind.CAMERA, "v", List.of(VP8), Map.of()), List.of(), REPAIR);
        section.track = track;
        SourceTable.Source full =
                table.learn(packet(96, 1, HeaderExtension.text(4, "v"), HeaderExtension.text(10, "f")));
        SourceTable.Source again =
                table.learn(packet(97, 2, HeaderExtension.text(4, "v"), HeaderExtension.text(11, "f")));
        SourceTable.Source stranger =
                table.learn(packet(96, 3, HeaderExtension.text(4, "v"), HeaderExtension.text(10, "x")));
        assertThat(full).isNotNull();
        assertThat(full.rid).isEqualTo("f");
        assertThat(full.repairs).isFalse();
        assertThat(again).isNotNull();
        assertThat(again.repairs).isTrue();
        assertThat(table.repaired(again))
                .as("nothing has come of the layer yet")
                .isNull();
        full.track = track;
        full.stream = track.addStream(1, "f", 96, 0);
        assertThat(table.repaired(again)).isSameAs(full.stream);
        assertThat(stranger).isNotNull();
        assertThat(stranger.rid)
                .as("a layer that was not offered is one without a name")
                .isEmpty();
    }

    @Test
    void aSignalledRetransmissionStreamRepairsTheOneOfItsGroup() throws Malformed {
        PublishedSection section = section("0", VP8, Map.of(), 2L);
        SourceTable.Source media = table.learn(packet(96, 2));
        SourceTable.Source again = table.learn(packet(97, 20));
        assertThat(media).isNotNull();
        assertThat(again).isNotNull();
        assertThat(again.repairs).isTrue();
        var track = new LiveTrack(new Track(1, "anna", Kind.CAMERA, "0", List.of(VP8), Map.of()), List.of(), REPAIR);
        section.track = track;
        media.track = track;
        media.stream = track.addStream(2, "", 96, 0);
        assertThat(table.repaired(again)).isSameAs(media.stream);
    }
}
