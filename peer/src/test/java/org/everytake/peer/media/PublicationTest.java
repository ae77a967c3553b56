package org.everytake.peer.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.Encoding;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.ReceiverEstimatedMaximumBitrate;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.Retransmission;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.TransportSequence;
import org.junit.jupiter.api.Test;

class PublicationTest {
    private static final long MILLI = 1_000_000;
    private static final int RTX = 97;
    private static final ExtensionIds IDS = new ExtensionIds(1, 2, 3, 4, 5, 6, 7);

    private final List<byte[]> sent = new ArrayList<>();
    private final List<RtcpPacket> reports = new ArrayList<>();
    private final Sender sender = new Sender() {
        @Override
        public void rtp(byte[] packet, int length) {
            sent.add(Arrays.copyOf(packet, length));
        }

        @Override
        public void rtcp(List<RtcpPacket> packets) {
            reports.addAll(packets);
        }
    };

    /** A key frame each 100 ms, of so many bytes. */
    private static Clip clip(int bytes) {
        return new Clip(List.of(new Clip.Unit(0, new byte[bytes], true)), List.of(), 100 * MILLI);
    }

    private Publication layers() {
        // About 8, 32 and 128 kbit/s.
        List<Layer> layers = Layer.simulcast(clip(100), clip(400), clip(1600));
        return new Publication(
                layers,
                new Publication.Names("0", 111, "1", 96),
                SenderClock.of(0, Instant.EPOCH, Duration.ZERO, 0),
                "anna",
                new SplittableRandom(1),
                sender,
                new SenderLog());
    }

    private static Agreed takes(String... rids) {
        return new Agreed(true, IDS, -1, RTX, List.of(rids));
    }

    private List<String> rids(Publication publication, long nowNanos) throws Malformed {
        sent.clear();
        publication.tick(nowNanos);
        List<String> rids = new ArrayList<>();
        for (byte[] bytes : sent) {
            RtpPacket packet = new RtpPacket().wrap(bytes, 0, bytes.length);
            if (packet.marker()) {
                rids.add(text(packet, IDS.rid()));
            }
        }
        return rids;
    }

    private static String text(RtpPacket packet, int id) {
        return new String(
                packet.buffer(), packet.extensionOffset(id), packet.extensionLength(id), StandardCharsets.US_ASCII);
    }

    @Test
    void CAP_2_asManyLayersAreSentAsTheEstimateAllows() throws Malformed {
        Publication publication = layers();
        publication.agreed(Agreed.REFUSED, takes("q", "h", "f"));
        publication.start(0, 0);
        assertThat(rids(publication, 0)).containsExactly("q", "h", "f");
        publication.rtcp(List.of(new ReceiverEstimatedMaximumBitrate(9, 50_000, List.of())), 0);
        assertThat(rids(publication, 100 * MILLI)).containsExactly("q", "h");
        publication.rtcp(List.of(new ReceiverEstimatedMaximumBitrate(9, 1, List.of())), 0);
        assertThat(rids(publication, 200 * MILLI)).as("never nothing").containsExactly("q");
        publication.rtcp(List.of(new ReceiverEstimatedMaximumBitrate(9, 200_000, List.of())), 0);
        assertThat(rids(publication, 300 * MILLI)).containsExactly("q", "h", "f");
    }

    @Test
    void onlyLayersThatTheAnswerTakesAreSentAndReported() throws Malformed {
        Publication publication = layers();
        publication.agreed(Agreed.REFUSED, takes("h"));
        publication.start(0, 0);
        assertThat(rids(publication, 0)).containsExactly("h");
        long half = publication.streams().get(1).ssrc();
        assertThat(reports.stream().filter(SenderReport.class::isInstance).map(r -> ((SenderReport) r).ssrc()))
                .containsExactly(half);
    }

    @Test
    void whatIsRefusedIsNotSent() throws Malformed {
        Publication publication = layers();
        publication.agreed(Agreed.REFUSED, Agreed.REFUSED);
        publication.start(0, 0);
        assertThat(rids(publication, 0)).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void CAP_2_aRetransmissionNamesWhatItRepeats() throws Malformed {
        Publication publication = layers();
        publication.agreed(Agreed.REFUSED, takes("q", "h", "f"));
        publication.start(0, 0);
        publication.tick(0);
        byte[] firstBytes = sent.getFirst();
        RtpPacket first = new RtpPacket().wrap(firstBytes, 0, firstBytes.length);
        int transportSequence = TransportSequence.read(first, IDS.transportSequence());
        int packets = sent.size();
        sent.clear();
        publication.rtcp(
                List.of(new TransportLayerNack(9, first.ssrc(), List.of(first.sequenceNumber(), 7))), 5 * MILLI);

        assertThat(sent).hasSize(1);
        byte[] againBytes = sent.getFirst();
        RtpPacket again = new RtpPacket().wrap(againBytes, 0, againBytes.length);
        StreamIdentity quarter = publication.streams().getFirst();
        assertThat(again.ssrc()).isEqualTo(quarter.retransmissionSsrc());
        assertThat(again.payloadType()).isEqualTo(RTX);
        assertThat(text(again, IDS.mid())).isEqualTo("1");
        assertThat(text(again, IDS.repairedRid())).isEqualTo("q");
        assertThat(again.extensionOffset(IDS.rid())).isEqualTo(-1);
        assertThat(TransportSequence.read(again, IDS.transportSequence()))
                .isEqualTo((transportSequence + packets) & 0xFFFF);
        Retransmission.unwrap(again, 96, quarter.ssrc());
        assertThat(again.sequenceNumber()).isEqualTo(first.sequenceNumber());
        assertThat(again.timestamp()).isEqualTo(first.timestamp());
        assertThat(again.payloadLength()).isEqualTo(first.payloadLength());
        assertThat(publication.statistics().getFirst().retransmitted()).isEqualTo(1);
        assertThat(publication.statistics().getFirst().gone()).isEqualTo(1);
    }

    @Test
    void aCodecThatNobodyCutsIntoPacketsIsRefused() {
        Clip unknown = new Clip(
                Encoding.video("H265", ""), clip(1).video(), Encoding.OPUS, List.of(), clip(1).durationNanos());
        assertThatThrownBy(() -> new Publication(
                        Layer.only(unknown),
                        new Publication.Names("0", 111, "1", 96),
                        SenderClock.of(0, Instant.EPOCH, Duration.ZERO, 0),
                        "anna",
                        new SplittableRandom(1),
                        sender,
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
