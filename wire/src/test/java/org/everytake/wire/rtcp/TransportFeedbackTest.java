package org.everytake.wire.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransportFeedbackTest {
    private static final int LOST = TransportFeedback.NOT_RECEIVED;

    private static TransportFeedback of(int... deltas) {
        return TransportFeedback.of(1, 2, 3, 4, 5, deltas, deltas.length);
    }

    /** What follows the feedback count. */
    private static String chunksAndDeltas(TransportFeedback feedback) {
        String hex = Hex.of(RtcpPackets.encode(List.of(feedback)));
        return hex.substring(2 * 20);
    }

    private static TransportFeedback parsed(byte[] bytes) throws Malformed {
        return (TransportFeedback) RtcpPackets.parse(bytes, 0, bytes.length).getFirst();
    }

    static List<Arguments> chunks() {
        return List.of(
                Arguments.of("a run that is all", new int[] {9, 9, 9}, "2003 090909 000000"),
                Arguments.of("a run of large ones", new int[] {-1, 256, 32767}, "4003 ffff01007fff"),
                Arguments.of(
                        "fourteen of one bit, then a run",
                        new int[] {1, LOST, 1, LOST, 1, 1, 1, 1, 1, 1, 1, 1, 1, LOST, LOST, LOST},
                        "abfe 0002 0101010101010101010101 00"),
                Arguments.of(
                        "seven of two bits, then one bit as there is no large one left",
                        new int[] {1, LOST, -32768, 255, 256, LOST, 1, 2, LOST},
                        "d261 a000 01 8000 ff 0100 01 02"),
                Arguments.of(
                        "a run of seven before a large one is shorter than a vector",
                        new int[] {LOST, LOST, LOST, LOST, LOST, LOST, LOST, LOST, -2, LOST},
                        "0008 e000 fffe 0000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chunks")
    void isWrittenCompactly(String name, int[] deltas, String hex) throws Malformed {
        TransportFeedback feedback = of(deltas);
        assertThat(chunksAndDeltas(feedback)).isEqualTo(hex.replace(" ", ""));
        assertThat(parsed(RtcpPackets.encode(List.of(feedback)))).isEqualTo(feedback);
    }

    @Test
    void everyFieldIsRead() throws Malformed {
        TransportFeedback feedback = parsed(Hex.bytes("""
                8f cd 0006
                00000001 fffffffe
                fffe 0008       # from 65534, eight packets
                800000 ff       # reference time -2^23, feedback 255
                d800            # received, large, five not received
                1fff            # a run of 8191 not received, of which one counts
                ff 8000         # 63.75 ms, then 8.192 s earlier
                00              # padding
                """));
        assertThat(feedback.senderSsrc()).isEqualTo(1);
        assertThat(feedback.mediaSsrc()).isEqualTo(0xFFFFFFFEL);
        assertThat(feedback.baseSequenceNumber()).isEqualTo(65534);
        assertThat(feedback.packetCount()).isEqualTo(8);
        assertThat(feedback.referenceTime()).isEqualTo(-0x800000);
        assertThat(feedback.feedbackPacketCount()).isEqualTo(255);
        assertThat(feedback.received(0)).isTrue();
        assertThat(feedback.deltaTicks(0)).isEqualTo(255);
        assertThat(feedback.deltaTicks(1)).isEqualTo(-32768);
        assertThat(IntStream.range(2, 8).anyMatch(feedback::received)).isFalse();
        assertThat(feedback.deltaTicks(7)).isEqualTo(TransportFeedback.NOT_RECEIVED);
    }

    /** WebRTC's own sets the padding bit for one to three bytes, and puts several feedbacks into a datagram. */
    @Test
    void paddingOfLessThanAWordIsTakenFromABrowser() throws Malformed {
        String one = "af cd 0005 00000001 00000002 0001 0001 000000 00 2001 04 01";
        byte[] bytes = Hex.bytes(one + one);
        assertThat(RtcpPackets.parse(bytes, 0, bytes.length))
                .containsExactly(
                        TransportFeedback.of(1, 2, 1, 0, 0, new int[] {4}, 1),
                        TransportFeedback.of(1, 2, 1, 0, 0, new int[] {4}, 1));
    }

    @Test
    void countersWrap() throws Malformed {
        TransportFeedback feedback = TransportFeedback.of(1, 2, 65536 + 7, 1 << 23, 256 + 8, new int[] {0, 1}, 1);
        assertThat(feedback.baseSequenceNumber()).isEqualTo(7);
        assertThat(feedback.referenceTime()).isEqualTo(-(1 << 23));
        assertThat(feedback.feedbackPacketCount()).isEqualTo(8);
        assertThat(feedback.packetCount()).isEqualTo(1);
        assertThat(parsed(RtcpPackets.encode(List.of(feedback)))).isEqualTo(feedback);
    }

    @Test
    void anythingMayBeSaidOfUpTo8192Packets() throws Malformed {
        Random random = new Random(7);
        for (int count : new int[] {1, 6, 7, 8, 13, 14, 15, 8191, 8192}) {
            int[] deltas = random.ints(count, 0, 4)
                    .map(kind -> new int[] {LOST, 3, -3, 0}[kind])
                    .toArray();
            Arrays.fill(deltas, 0, count / 2, LOST);
            TransportFeedback feedback = of(deltas);
            assertThat(parsed(RtcpPackets.encode(List.of(feedback)))).isEqualTo(feedback);
        }
    }

    @Test
    void whatCannotBeSaidIsRefused() {
        assertThatThrownBy(() -> of()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(new int[8193])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(32768)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(-32769)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theArrayIsCopied() {
        int[] deltas = {1, 2};
        TransportFeedback feedback = of(deltas);
        deltas[0] = 9;
        assertThat(feedback.deltaTicks(0)).isEqualTo(1);
        assertThat(feedback).hasToString("TransportFeedback[1 on 2, from 3, at 4, number 5, [1, 2]]");
        assertThat(feedback).hasSameHashCodeAs(of(1, 2)).isNotEqualTo(of(9, 2));
    }
}
