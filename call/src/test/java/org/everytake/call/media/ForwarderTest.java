package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.Codec;
import org.everytake.call.Kind;
import org.everytake.call.Track;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.Retransmission;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.rtp.TransportSequence;
import org.everytake.wire.rtp.VideoOrientation;
import org.everytake.wire.sdp.ExtMap;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long OUR_SSRC = 0xABCDEF01L;

    private final List<byte[]> sent = new ArrayList<>();
    private final List<RtcpPacket> reports = new ArrayList<>();
    private final CallCounters counters = new CallCounters();
    private final Forwarder.Outlet outlet = new Forwarder.Outlet() {
        private int counted;

        @Override
        public int count(int bytes) {
            return counted++;
        }

        @Override
        public boolean sendRtp(byte[] buffer, int length) {
            sent.add(Arrays.copyOf(buffer, length));
            return true;
        }

        @Override
        public void sendRtcp(List<? extends RtcpPacket> packets) {
            reports.addAll(packets);
        }
    };

    private final LiveTrack camera = new LiveTrack(
            new Track(
                    1,
                    "anna",
                    Kind.CAMERA,
                    "0",
                    List.of(new Codec(101, "VP8", 90_000, 0, "")),
                    Map.of(13, ExtMap.VIDEO_ORIENTATION)),
            List.of(),
            PublishOffer.Repair.NONE);
    private final InboundStream first = camera.addStream(5, "", 101, 0);
    private Forwarder forwarder = forwarder(false);

    private Forwarder forwarder(boolean repair) {
        var made = new Forwarder(
                outlet,
                counters,
                new Forwarder.Format(
                        OUR_SSRC,
                        OUR_SSRC + 1,
                        "12",
                        "anna",
                        Set.of(SupportedCodec.VP8, SupportedCodec.OPUS),
                        Set.of(1, 2, 4),
                        repair),
                32_767);
        made.target(first.layer());
        return made;
    }

    private void send(InboundStream stream, int sequence, long timestamp, long arrivalNanos) throws Malformed {
        send(stream, sequence, timestamp, arrivalNanos, true, 1, 2, 3, sequence);
    }

    private void send(
            InboundStream stream, int sequence, long timestamp, long arrivalNanos, boolean keyFrame, int... payload)
            throws Malformed {
        byte[] body = new byte[payload.length];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) payload[i];
        }
        byte[] bytes = new byte[100];
        int length = RtpWriter.write(
                bytes,
                0,
                new RtpHeader(
                        101,
                        sequence % 3 == 0,
                        sequence,
                        timestamp,
                        stream.stream().ssrc()),
                List.of(HeaderExtension.text(4, "0"), new VideoOrientation(false, false, 90).extension(13)),
                body,
                0,
                body.length);
        RtpPacket packet = new RtpPacket().wrap(bytes, 0, length);
        long extended = stream.received(packet, arrivalNanos);
        stream.layer().arrived(length, timestamp, arrivalNanos);
        forwarder.packet(stream, packet, keyFrame, extended, arrivalNanos);
    }

    private RtpPacket out(int index) throws Malformed {
        return new RtpPacket().wrap(sent.get(index), 0, sent.get(index).length);
    }

    @Test
    void packetsGetOurNumbersAndKeepTheirPayload() throws Malformed {
        send(first, 65_535, 1_000, 0);
        send(first, 0, 4_000, SECOND / 30);
        assertThat(out(0).sequenceNumber()).isEqualTo(32_767);
        assertThat(out(1).sequenceNumber()).isEqualTo(32_768);
        RtpPacket packet = out(1);
        assertThat(packet.ssrc()).isEqualTo(OUR_SSRC);
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.timestamp()).isEqualTo(4_000);
        assertThat(packet.marker()).isTrue();
        assertThat(out(0).marker()).isTrue();
        assertThat(packet.extensionLength(1)).isEqualTo(2);
        assertThat(packet.buffer()[packet.extensionOffset(1)]).isEqualTo((byte) '1');
        assertThat(packet.extensionOffset(2))
                .as("without a retransmission stream no packet is counted")
                .isEqualTo(-1);
        assertThat(packet.extensionLength(4)).as("the orientation goes on").isEqualTo(1);
        assertThat(packet.payloadLength()).isEqualTo(4);
        assertThat(packet.buffer()[packet.payloadOffset() + 2]).isEqualTo((byte) 3);
        assertThat(counters.get(Counter.RTP_FORWARDED)).isEqualTo(2);
    }

    @Test
    void gapsOfTheNetworkStayAndLatePacketsFillThem() throws Malformed {
        send(first, 100, 0, 0);
        send(first, 103, 0, 0);
        send(first, 101, 0, 0);
        assertThat(out(1).sequenceNumber() - out(0).sequenceNumber()).isEqualTo(3);
        assertThat(out(2).sequenceNumber() - out(0).sequenceNumber()).isEqualTo(1);
    }

    @Test
    void whatWasSentBeforeTheSubscriberCameIsNotForItsEars() throws Malformed {
        send(first, 100, 0, 0);
        send(first, 99, 0, 0);
        assertThat(sent).hasSize(1);
    }

    @Test
    void ourNumbersWrapWithoutHarm() throws Malformed {
        for (int i = 0; i < 100_000; i++) {
            send(first, i & 0xFFFF, 3_000L * i, i);
            assertThat(out(sent.size() - 1).sequenceNumber()).isEqualTo((32_767 + i) & 0xFFFF);
            sent.clear();
        }
        forwarder.retransmit(List.of((32_767 + 99_990) & 0xFFFF));
        assertThat(out(0).payloadLength()).isEqualTo(4);
        assertThat(out(0).buffer()[out(0).payloadOffset() + 3]).isEqualTo((byte) (99_990 & 0xFFFF));
    }

    @Test
    void aNewStreamGoesOnWithoutAGap() throws Malformed {
        send(first, 500, 90_000, 0);
        send(first, 501, 93_000, SECOND / 30);
        InboundStream second = camera.addStream(6, "", 101, 0);
        send(second, 7, 1_234_567, 2 * SECOND / 30);
        send(second, 8, 1_237_567, 3 * SECOND / 30);
        send(first, 502, 96_000, 4 * SECOND / 30);
        assertThat(sent).as("what is left of the first stream is dropped").hasSize(4);
        assertThat(out(2).sequenceNumber()).isEqualTo(out(1).sequenceNumber() + 1);
        assertThat(out(2).timestamp()).isBetween(95_990L, 96_010L);
        assertThat(out(3).timestamp() - out(2).timestamp()).isEqualTo(3_000);
    }

    @Test
    void lostPacketsAreSentAgainByteForByte() throws Malformed {
        for (int i = 0; i < 10; i++) {
            send(first, 65_530 + i & 0xFFFF, i, i);
        }
        byte[] original = sent.get(4);
        int number = out(4).sequenceNumber();
        sent.clear();
        forwarder.retransmit(List.of(number, (number + 1_000) & 0xFFFF, (number - 100) & 0xFFFF));
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst()).isEqualTo(original);
        assertThat(counters.get(Counter.RTP_RETRANSMISSION_GONE)).isEqualTo(2);
    }

    @Test
    void retransmissionsAreBounded() throws Malformed {
        for (int i = 0; i < 200; i++) {
            send(first, i, i, i);
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(out(i).sequenceNumber());
        }
        sent.clear();
        forwarder.retransmit(all);
        forwarder.retransmit(all);
        assertThat(sent).hasSize(30);
        forwarder.tick();
        forwarder.retransmit(all);
        assertThat(sent).hasSize(60);
    }

    @Test
    void whatIsSentAgainHasAStreamOfItsOwnWhereThatIsTaken() throws Malformed {
        forwarder = forwarder(true);
        send(first, 10, 3_000, 0);
        send(first, 11, 6_000, 0);
        assertThat(TransportSequence.read(out(1), 2)).isEqualTo(1);
        forwarder.retransmit(List.of(out(0).sequenceNumber()));
        RtpPacket again = out(2);
        assertThat(again.ssrc()).isEqualTo(OUR_SSRC + 1);
        assertThat(again.payloadType()).isEqualTo(97);
        assertThat(TransportSequence.read(again, 2)).isEqualTo(2);
        int number = again.sequenceNumber();
        Retransmission.unwrap(again, 96, OUR_SSRC);
        assertThat(again.sequenceNumber()).isEqualTo(out(0).sequenceNumber());
        assertThat(again.timestamp()).isEqualTo(3_000);
        assertThat(again.payloadLength()).isEqualTo(4);
        assertThat(forwarder.pad()).isGreaterThan(255);
        assertThat(Retransmission.isProbe(out(3))).isTrue();
        assertThat(out(3).sequenceNumber()).isEqualTo(number + 1);
    }

    @Test
    void anotherLayerIsTakenAtItsKeyFrameAndPicturesCountOn() throws Malformed {
        InboundStream full = camera.addStream(7, "f", 101, 0);
        send(first, 10, 90_000, 0, true, 0x90, 0xC0, 0x80, 0x05, 0x07, 0);
        forwarder.target(full.layer());
        send(full, 500, 7_000, SECOND / 30, false, 0x90, 0xC0, 0x83, 0x21, 0x63, 1);
        send(first, 11, 93_000, SECOND / 30, false, 0x90, 0xC0, 0x80, 0x06, 0x08, 1);
        send(full, 501, 10_000, 2 * SECOND / 30, true, 0x90, 0xC0, 0x83, 0x22, 0x64, 0);
        send(first, 12, 96_000, 2 * SECOND / 30, false, 0x90, 0xC0, 0x80, 0x07, 0x09, 1);
        send(full, 502, 13_000, 3 * SECOND / 30, false, 0x90, 0xC0, 0x83, 0x23, 0x65, 1);
        assertThat(sent)
                .as("the old layer until the key frame, then the new one")
                .hasSize(4);
        for (int i = 0; i < 4; i++) {
            byte[] b = sent.get(i);
            int at = out(i).payloadOffset();
            assertThat((b[at + 2] & 0x7F) << 8 | b[at + 3] & 0xFF).isEqualTo(5 + i);
            assertThat(b[at + 4]).isEqualTo((byte) (7 + i));
            assertThat(out(i).sequenceNumber()).isEqualTo((32_767 + i) & 0xFFFF);
        }
        int before = out(1).sequenceNumber();
        forwarder.retransmit(List.of(before));
        assertThat(sent.getLast()).as("what was sent of the layer before").isEqualTo(sent.get(1));
    }

    @Test
    void layersLieOnThePublishersClock() throws Malformed {
        InboundStream full = camera.addStream(7, "f", 101, 0);
        first.reported(new SenderReport(5, 100L << 32, 90_000, 0, 0, List.of()), 0);
        full.reported(new SenderReport(7, (100L << 32) + (1L << 31), 1_000, 0, 0, List.of()), SECOND / 2);
        send(first, 1, 90_000, 0);
        send(first, 2, 93_000, SECOND / 30);
        forwarder.target(full.layer());
        // Sampled 1.1 s after the first report's moment, and long on its way.
        send(full, 9, 1_000 + 54_000, SECOND + SECOND / 4);
        assertThat(out(2).timestamp()).isEqualTo(90_000 + 99_000);
    }

    @Test
    void aPauseLeavesNoGapInTheNumbers() throws Malformed {
        send(first, 1, 3_000, 0);
        forwarder.target(null);
        send(first, 2, 6_000, SECOND / 30);
        forwarder.target(first.layer());
        send(first, 3, 9_000, 2 * SECOND / 30, false, 1, 2, 3, 4);
        send(first, 4, 12_000, 3 * SECOND / 30);
        assertThat(sent).hasSize(2);
        assertThat(out(1).sequenceNumber()).isEqualTo(out(0).sequenceNumber() + 1);
        assertThat(out(1).timestamp()).isEqualTo(12_000);
    }

    @Test
    void redundantAudioGoesAsOpusToWhoKnowsOnlyThat() throws Malformed {
        var microphone = new LiveTrack(
                new Track(
                        2,
                        "anna",
                        Kind.MICROPHONE,
                        "1",
                        List.of(new Codec(101, "red", 48_000, 2, "111/111")),
                        Map.of(13, ExtMap.AUDIO_LEVEL)),
                List.of(),
                PublishOffer.Repair.NONE);
        InboundStream voice = microphone.addStream(9, "", 101, 0);
        send(voice, 1, 960, 0, false, 0x80 | 111, 0x0F, 0x00, 0x02, 111, 0xA, 0xB, 0xC, 0xD, 0xE);
        RtpPacket packet = out(0);
        assertThat(packet.payloadType()).isEqualTo(111);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.buffer()[packet.payloadOffset()]).isEqualTo((byte) 0xC);
        send(voice, 2, 1_920, 0, false, 0x80 | 111);
        assertThat(sent).hasSize(1);
        assertThat(counters.get(Counter.RTP_MALFORMED)).isEqualTo(1);
    }

    @Test
    void aCodecThatTheSubscriberDoesNotTakeIsNotSent() throws Malformed {
        var screen = new LiveTrack(
                new Track(3, "anna", Kind.SCREEN, "2", List.of(new Codec(101, "AV1", 90_000, 0, "")), Map.of()),
                List.of(),
                PublishOffer.Repair.NONE);
        send(screen.addStream(9, "", 101, 0), 1, 0, 0);
        assertThat(sent).isEmpty();
        assertThat(counters.get(Counter.RTP_CODEC_NOT_TAKEN)).isEqualTo(1);
    }

    @Test
    void reportsKeepTheClockAndCountOurPackets() throws Malformed {
        send(first, 1, 0, 0);
        send(first, 2, 0, 0);
        forwarder.senderReport(first, new SenderReport(5, 0x0102030405060708L, 777, 1_000, 2_000, List.of()));
        SenderReport report = (SenderReport) reports.getFirst();
        assertThat(report.ssrc()).isEqualTo(OUR_SSRC);
        assertThat(report.ntpTime()).isEqualTo(0x0102030405060708L);
        assertThat(report.rtpTimestamp()).isEqualTo(777);
        assertThat(report.packetCount()).isEqualTo(2);
        assertThat(report.octetCount()).isEqualTo(8);
    }

    @Test
    void theLastReportPrecedesTheNextOneForANewSubscriber() throws Malformed {
        first.reported(new SenderReport(5, 9, 8, 7, 6, List.of()), 0);
        send(first, 1, 0, 0);
        assertThat(reports).hasSize(2);
        send(first, 2, 0, 0);
        assertThat(reports).hasSize(2);
    }
}
