package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.Codec;
import org.everytake.call.Kind;
import org.everytake.call.Track;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtp.Retransmission;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.junit.jupiter.api.Test;

/** VP9 with three spatial and three temporal layers within one stream, two packets a layer. */
class ForwarderLayersTest {
    private static final long OUR_SSRC = 0xABCDEF01L;
    private static final int FIRST_OUT = 100;

    /** In the order 0 2 1 2, each fourth picture of the lowest layer. */
    private static final int[] TEMPORAL = {0, 2, 1, 2};

    private final List<byte[]> sent = new ArrayList<>();
    private final CallCounters counters = new CallCounters();
    private final LiveTrack camera = camera();
    private final InboundStream stream = camera.addStream(5, "", 101, 0);
    private Forwarder forwarder = forwarder(stream, false);
    private int sequence = 65_500;

    private static LiveTrack camera() {
        return new LiveTrack(
                new Track(1, "anna", Kind.CAMERA, "0", List.of(new Codec(101, "VP9", 90_000, 0, "")), Map.of()),
                List.of(),
                PublishOffer.Repair.NONE);
    }

    private Forwarder forwarder(InboundStream of, boolean repair) {
        var outlet = new Forwarder.Outlet() {
            @Override
            public int count(int bytes) {
                return 0;
            }

            @Override
            public boolean sendRtp(byte[] buffer, int length) {
                sent.add(Arrays.copyOf(buffer, length));
                return true;
            }

            @Override
            public void sendRtcp(List<? extends RtcpPacket> packets) {}
        };
        var made = new Forwarder(
                outlet,
                counters,
                new Forwarder.Format(
                        OUR_SSRC, OUR_SSRC + 1, "12", "anna", Set.of(SupportedCodec.VP9), Set.of(1, 2), repair),
                FIRST_OUT);
        made.target(of.layer());
        return made;
    }

    /** A packet that has yet to come. */
    private record Coming(int sequence, long timestamp, boolean marker, byte[] payload) {}

    /** Two packets for each spatial layer; what they hold is their layers. */
    private List<Coming> picture(int n, boolean key) {
        List<Coming> packets = new ArrayList<>();
        int temporal = TEMPORAL[n % 4];
        for (int spatial = 0; spatial < 3; spatial++) {
            for (int part = 0; part < 2; part++) {
                int flags = 0x80 | (key ? 0 : 0x40) | 0x20 | (part == 0 ? 8 : 4); // I P L B E
                // U in each picture of the lowest temporal layer
                int layers = temporal << 5 | (temporal == 0 ? 0x10 : 0) | spatial << 1 | (key && spatial > 0 ? 1 : 0);
                byte[] payload = {
                    (byte) flags, (byte) n, (byte) layers, (byte) (n / 4), (byte) spatial, (byte) temporal, (byte) part
                };
                packets.add(new Coming(sequence++ & 0xFFFF, 3_000L * n, spatial == 2 && part == 1, payload));
            }
        }
        return packets;
    }

    private void come(Coming packet) throws Malformed {
        come(camera, stream, packet);
    }

    private void come(LiveTrack track, InboundStream of, Coming packet) throws Malformed {
        byte[] bytes = new byte[100];
        int length = RtpWriter.write(
                bytes,
                0,
                new RtpHeader(101, packet.marker(), packet.sequence(), packet.timestamp(), 5),
                List.of(),
                packet.payload(),
                0,
                packet.payload().length);
        RtpPacket view = new RtpPacket().wrap(bytes, 0, length);
        long extended = of.received(view, 0);
        boolean startsKeyFrame = track.arrived(of, view, 0);
        forwarder.packet(of, view, startsKeyFrame, extended, 0);
    }

    private void come(int n, boolean key) throws Malformed {
        for (Coming packet : picture(n, key)) {
            come(packet);
        }
    }

    private RtpPacket out(int index) throws Malformed {
        return new RtpPacket().wrap(sent.get(index), 0, sent.get(index).length);
    }

    private static int at(RtpPacket packet, int offset) {
        return packet.buffer()[packet.payloadOffset() + offset];
    }

    /** Numbers go on one by one, and each picture ends with its highest layer's last packet. */
    private void areWhole() throws Malformed {
        for (int i = 0; i < sent.size(); i++) {
            RtpPacket packet = out(i);
            assertThat(packet.sequenceNumber()).isEqualTo(FIRST_OUT + i);
            boolean last = i == sent.size() - 1 || out(i + 1).timestamp() != packet.timestamp();
            assertThat(packet.marker()).as("marker of packet %s", i).isEqualTo(last);
        }
    }

    private List<String> layers() throws Malformed {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            RtpPacket packet = out(i);
            String layer = packet.timestamp() / 3_000 + ":S" + at(packet, 4) + "T" + at(packet, 5);
            if (layers.isEmpty() || !layers.getLast().equals(layer)) {
                layers.add(layer);
            }
        }
        return layers;
    }

    @Test
    void CAP_3_whoGetsAllGetsItAsItCame() throws Malformed {
        come(0, true);
        come(1, false);
        assertThat(sent).hasSize(12);
        areWhole();
    }

    @Test
    void CAP_3_upperLayersAreLeftOutWithoutAGapAndTheMarkerMoves() throws Malformed {
        forwarder.target(stream.layer(), new OperatingPoint(1, 1));
        for (int n = 0; n < 8; n++) {
            come(n, n == 0);
        }
        areWhole();
        assertThat(layers())
                .containsExactly("0:S0T0", "0:S1T0", "2:S0T1", "2:S1T1", "4:S0T0", "4:S1T0", "6:S0T1", "6:S1T1");
        assertThat(counters.get(Counter.RTP_THINNED)).isEqualTo(48 - 16);
    }

    @Test
    void fewerLayersComeFromTheNextPictureOn() throws Malformed {
        List<Coming> first = picture(0, true);
        come(first.get(0));
        forwarder.target(stream.layer(), new OperatingPoint(0, Integer.MAX_VALUE));
        for (Coming packet : first.subList(1, 6)) {
            come(packet);
        }
        come(1, false);
        areWhole();
        assertThat(layers()).containsExactly("0:S0T0", "0:S1T0", "0:S2T0", "1:S0T2");
    }

    @Test
    void sharperOnlyFromAKeyPictureOn() throws Malformed {
        forwarder.target(stream.layer(), new OperatingPoint(0, Integer.MAX_VALUE));
        come(0, true);
        forwarder.target(stream.layer(), OperatingPoint.ALL);
        come(1, false);
        assertThat(forwarder.isBelowPoint()).isTrue();
        come(2, true);
        come(3, false);
        assertThat(forwarder.isBelowPoint()).isFalse();
        areWhole();
        assertThat(layers())
                .containsExactly("0:S0T0", "1:S0T2", "2:S0T1", "2:S1T1", "2:S2T1", "3:S0T2", "3:S1T2", "3:S2T2");
    }

    @Test
    void smootherOnlyBehindASwitchingPoint() throws Malformed {
        forwarder.target(stream.layer(), new OperatingPoint(0, 0));
        come(0, true);
        come(1, false);
        forwarder.target(stream.layer(), new OperatingPoint(0, Integer.MAX_VALUE));
        come(2, false);
        come(3, false);
        come(4, false);
        come(5, false);
        come(6, false);
        areWhole();
        assertThat(layers()).containsExactly("0:S0T0", "4:S0T0", "5:S0T2", "6:S0T1");
    }

    @Test
    void anUpperLayerThatDidNotBeginAnewIsLeftOut() throws Malformed {
        forwarder.target(stream.layer(), new OperatingPoint(0, Integer.MAX_VALUE));
        come(0, true);
        forwarder.target(stream.layer(), new OperatingPoint(1, Integer.MAX_VALUE));
        List<Coming> key = picture(1, true);
        List<Coming> delta = picture(1, false);
        come(key.get(0));
        come(key.get(1));
        sequence -= 6;
        for (int i = 2; i < 6; i++) {
            Coming upper = delta.get(i);
            come(new Coming(key.get(i).sequence(), upper.timestamp(), upper.marker(), upper.payload()));
        }
        come(2, false);
        assertThat(layers()).containsExactly("0:S0T0", "1:S0T2", "2:S0T1");
    }

    @Test
    void lossesStayGapsAndWhatComesLateFillsThem() throws Malformed {
        forwarder = forwarder(stream, true);
        forwarder.target(stream.layer(), new OperatingPoint(0, Integer.MAX_VALUE));
        List<Coming> key = picture(0, true);
        // Of the lowest layer the last packet is late, of the middle one the first.
        for (int i : new int[] {0, 3, 4, 5}) {
            come(key.get(i));
        }
        come(1, false);
        assertThat(sent).hasSize(3);
        assertThat(out(1).sequenceNumber()).as("two may yet come").isEqualTo(FIRST_OUT + 3);
        come(key.get(2));
        RtpPacket filler = out(3);
        assertThat(filler.sequenceNumber()).isEqualTo(FIRST_OUT + 2);
        assertThat(filler.payloadLength()).as("no one goes on asking").isZero();
        assertThat(filler.payloadType()).isEqualTo(98);
        assertThat(filler.timestamp()).isZero();
        come(key.get(1));
        RtpPacket late = out(4);
        assertThat(late.sequenceNumber()).isEqualTo(FIRST_OUT + 1);
        assertThat(late.marker()).as("it ends its picture").isTrue();
        assertThat(at(late, 4)).isZero();

        forwarder.retransmit(List.of(FIRST_OUT + 1, FIRST_OUT + 2, FIRST_OUT + 4));
        assertThat(sent).hasSize(8);
        RtpPacket again = out(5);
        Retransmission.unwrap(again, 98, OUR_SSRC);
        assertThat(again.sequenceNumber()).isEqualTo(FIRST_OUT + 1);
        assertThat(again.marker()).isTrue();
        assertThat(at(again, 6)).isEqualTo(1);
        RtpPacket fillerAgain = out(6);
        assertThat(fillerAgain.ssrc()).isEqualTo(OUR_SSRC + 1);
        Retransmission.unwrap(fillerAgain, 98, OUR_SSRC);
        assertThat(fillerAgain.sequenceNumber()).isEqualTo(FIRST_OUT + 2);
        assertThat(fillerAgain.payloadLength()).isZero();
        RtpPacket second = out(7);
        Retransmission.unwrap(second, 98, OUR_SSRC);
        assertThat(second.sequenceNumber()).isEqualTo(FIRST_OUT + 4);
        assertThat(second.timestamp()).isEqualTo(3_000);
    }

    @Test
    void withoutAStreamForThatTheSameBytesComeAgain() throws Malformed {
        forwarder.target(stream.layer(), new OperatingPoint(0, Integer.MAX_VALUE));
        List<Coming> key = picture(0, true);
        for (int i : new int[] {0, 1, 2, 4, 5, 3}) {
            come(key.get(i));
        }
        assertThat(sent).hasSize(3);
        forwarder.retransmit(List.of(FIRST_OUT, FIRST_OUT + 1, FIRST_OUT + 2));
        for (int i = 0; i < 3; i++) {
            assertThat(sent.get(3 + i)).isEqualTo(sent.get(i));
        }
    }

    @Test
    void aRunThatFollowsTakesNoNumberThatWasKept() throws Malformed {
        forwarder.target(stream.layer(), new OperatingPoint(0, Integer.MAX_VALUE));
        List<Coming> key = picture(0, true);
        come(key.get(0));
        come(key.get(5));
        forwarder.pause();
        come(1, true);
        assertThat(out(1).sequenceNumber()).as("four were missing").isEqualTo(FIRST_OUT + 5);
        assertThat(out(2).sequenceNumber()).isEqualTo(FIRST_OUT + 6);
        int newest = out(2).sequenceNumber();
        forwarder.retransmit(List.of(FIRST_OUT, newest, FIRST_OUT + 2));
        assertThat(sent).as("one of each run, and one that never came").hasSize(5);
        assertThat(sent.get(3)).isEqualTo(sent.get(0));
    }

    /** Whatever is wanted and however they come: each number once, and when all have come none is missing. */
    @Test
    void CAP_3_numbersAreWholeInWhateverOrderPacketsCome() throws Malformed {
        for (int seed = 0; seed < 50; seed++) {
            sent.clear();
            var random = new Random(seed);
            LiveTrack track = camera();
            InboundStream fresh = track.addStream(5, "", 101, 0);
            forwarder = forwarder(fresh, false);
            sequence = random.nextInt(1 << 16);
            List<Coming> coming = new ArrayList<>(picture(0, true));
            for (int n = 1; n < 120; n++) {
                coming.addAll(picture(n, random.nextInt(20) == 0));
            }
            for (int i = 6; i + 30 < coming.size(); i++) {
                if (random.nextInt(5) == 0) {
                    coming.add(i + random.nextInt(30), coming.remove(i)); // late, or its followers are early
                }
            }
            for (Coming packet : coming) {
                if (random.nextInt(30) == 0) {
                    int temporal = random.nextInt(4);
                    forwarder.target(fresh.layer(), new OperatingPoint(random.nextInt(4), temporal));
                }
                come(track, fresh, packet);
            }
            Set<Integer> numbers = new TreeSet<>();
            for (int i = 0; i < sent.size(); i++) {
                assertThat(numbers.add(out(i).sequenceNumber()))
                        .as("seed %s, packet %s has a number of its own", seed, i)
                        .isTrue();
            }
            int next = FIRST_OUT;
            for (int number : numbers) {
                assertThat(number).as("seed %s", seed).isEqualTo(next++);
            }
            assertThat(numbers).hasSizeGreaterThan(100);
        }
    }
}
