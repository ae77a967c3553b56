package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.Stream;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long OUR_SSRC = 0xABCDEF01L;

    private final List<byte[]> sent = new ArrayList<>();
    private final List<RtcpPacket> reports = new ArrayList<>();
    private final CallCounters counters = new CallCounters();
    private final Forwarder.Outlet outlet = new Forwarder.Outlet() {
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

    private final Forwarder forwarder =
            new Forwarder(outlet, counters, new Forwarder.Format(OUR_SSRC, 96, "12", 1, 90_000, "anna"), 32_767);
    private final InboundStream first = new InboundStream(new Stream(0, 5, "0", ""), 90_000, true);
    private final InboundStream second = new InboundStream(new Stream(1, 6, "0", ""), 90_000, true);

    private void send(InboundStream stream, int sequence, long timestamp, long arrivalNanos) throws Malformed {
        byte[] payload = {1, 2, 3, (byte) sequence};
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
                List.of(HeaderExtension.text(4, "0")),
                payload,
                0,
                payload.length);
        RtpPacket packet = new RtpPacket().wrap(bytes, 0, length);
        long extended = stream.received(packet, arrivalNanos);
        forwarder.packet(stream, packet, extended, arrivalNanos);
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
        assertThat(packet.extensionOffset(4)).isEqualTo(-1);
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
