package org.everytake.peer.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.TransportFeedback;
import org.junit.jupiter.api.Test;

class ArrivalReporterTest {
    private static final long MILLI = 1_000_000;
    private static final int LOST = TransportFeedback.NOT_RECEIVED;

    private final ArrivalReporter reporter = new ArrivalReporter();

    private TransportFeedback only() {
        List<RtcpPacket> feedback = reporter.feedback(1);
        assertThat(feedback).hasSize(1);
        return (TransportFeedback) feedback.getFirst();
    }

    @Test
    void arrivalsAreToldFromTheFirstToTheHighestOverTheWrap() {
        reporter.arrived(65535, 7, 128 * MILLI + 500_000);
        reporter.arrived(1, 8, 130 * MILLI);
        assertThat(only()).isEqualTo(TransportFeedback.of(1, 8, 65535, 2, 0, new int[] {2, LOST, 6}, 3));
        assertThat(reporter.feedback(1)).isEmpty();
        reporter.arrived(4, 8, 200 * MILLI);
        assertThat(only())
                .as("what is missing since the last feedback, too")
                .isEqualTo(TransportFeedback.of(1, 8, 2, 3, 1, new int[] {LOST, LOST, 32}, 3));
    }

    @Test
    void whatOvertookAnotherCameEarlier() {
        reporter.arrived(1, 7, 64 * MILLI);
        reporter.arrived(3, 7, 65 * MILLI);
        reporter.arrived(2, 7, 66 * MILLI);
        assertThat(only()).isEqualTo(TransportFeedback.of(1, 7, 1, 1, 0, new int[] {0, 8, -4}, 3));
    }

    @Test
    void whatComesAfterItWasToldMissingIsToldByItself() {
        reporter.arrived(10, 7, 0);
        reporter.arrived(14, 7, 0);
        assertThat(only().packetCount()).isEqualTo(5);
        reporter.arrived(11, 7, 64 * MILLI);
        reporter.arrived(13, 7, 64 * MILLI);
        reporter.arrived(15, 7, 64 * MILLI);
        assertThat(reporter.feedback(1))
                .containsExactly(
                        TransportFeedback.of(1, 7, 11, 1, 1, new int[] {0}, 1),
                        TransportFeedback.of(1, 7, 13, 1, 2, new int[] {0}, 1),
                        TransportFeedback.of(1, 7, 15, 1, 3, new int[] {0}, 1));
    }

    @Test
    void aPauseTooLongForADeltaBeginsAnotherFeedback() {
        reporter.arrived(1, 7, 0);
        reporter.arrived(2, 7, 9_000 * MILLI);
        assertThat(reporter.feedback(1))
                .containsExactly(
                        TransportFeedback.of(1, 7, 1, 0, 0, new int[] {0}, 1),
                        TransportFeedback.of(1, 7, 2, 140, 1, new int[] {160}, 1));
    }

    @Test
    void muchIsToldInSeveralFeedbacks() {
        for (int i = 0; i < 1000; i++) {
            reporter.arrived(i, 7, i * MILLI);
        }
        TreeMap<Integer, Boolean> told = new TreeMap<>();
        for (RtcpPacket packet : reporter.feedback(1)) {
            TransportFeedback feedback = (TransportFeedback) packet;
            for (int i = 0; i < feedback.packetCount(); i++) {
                told.put(feedback.baseSequenceNumber() + i, feedback.received(i));
            }
        }
        assertThat(told).hasSize(1000).doesNotContainValue(false);
    }

    @Test
    void aJumpIsANewBeginning() {
        reporter.arrived(1, 7, 0);
        only();
        reporter.arrived(20_000, 7, 0);
        assertThat(only().packetCount()).isEqualTo(1);
    }
}
