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

    private final SourceTable table = new SourceTable();

    private PublishedSection section(String mid, Codec codec, Map<Integer, String> extensions, Long... ssrcs) {
        boolean video = codec.equals(VP8);
        var section = new PublishedSection(
                new PublishOffer.Section(mid, video, true, List.of(codec), extensions, Set.of(ssrcs), video),
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
                new PublishOffer.Section("b", true, true, List.of(VP8), Map.of(), Set.of(2L), true), Kind.CAMERA);
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
        var track = new LiveTrack(new Track(1, "anna", Kind.CAMERA, "b", List.of(VP8), Map.of()), true, 0);
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
}
