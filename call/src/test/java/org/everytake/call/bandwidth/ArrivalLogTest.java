package org.everytake.call.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.everytake.wire.rtcp.TransportFeedback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalLogTest {
    private static final long MILLI = 1_000_000L;

    private final ArrivalLog log = new ArrivalLog();

    private static List<Integer> received(@Nullable TransportFeedback feedback) {
        assertThat(feedback).isNotNull();
        List<Integer> received = new ArrayList<>();
        for (int i = 0; i < feedback.packetCount(); i++) {
            if (feedback.received(i)) {
                received.add((feedback.baseSequenceNumber() + i) & 0xFFFF);
            }
        }
        return received;
    }

    private static List<Long> arrivals(TransportFeedback feedback) {
        List<Long> arrivals = new ArrayList<>();
        long at = feedback.referenceTime() * TransportFeedback.REFERENCE_NANOS;
        for (int i = 0; i < feedback.packetCount(); i++) {
            if (feedback.received(i)) {
                at += feedback.deltaTicks(i) * TransportFeedback.TICK_NANOS;
                arrivals.add(at);
            }
        }
        return arrivals;
    }

    @Test
    void whatArrivedIsToldOverTheWrapWithItsTimes() {
        log.arrived(65_534, 1_000 * MILLI);
        log.arrived(65_535, 1_010 * MILLI);
        log.arrived(1, 1_025 * MILLI);
        assertThat(log.due(1, 2, 1_050 * MILLI)).as("too early").isNull();
        TransportFeedback feedback = log.due(1, 2, 1_100 * MILLI);
        assertThat(received(feedback)).containsExactly(65_534, 65_535, 1);
        assertThat(arrivals(Objects.requireNonNull(feedback)))
                .containsExactly(1_000 * MILLI, 1_010 * MILLI, 1_025 * MILLI);
        assertThat(log.due(1, 2, 1_300 * MILLI)).as("nothing is new").isNull();
    }

    @Test
    void aPacketThatCameLateIsToldAfterwards() {
        log.arrived(10, 0);
        log.arrived(12, 5 * MILLI);
        assertThat(received(log.due(1, 2, 100 * MILLI))).containsExactly(10, 12);
        log.arrived(11, 110 * MILLI);
        log.arrived(13, 120 * MILLI);
        assertThat(received(log.due(1, 2, 200 * MILLI))).containsExactly(11, 13);
    }

    @Test
    void aLongGapBetweenTwoPacketsBeginsAnotherReport() {
        log.arrived(1, 0);
        log.arrived(2, 20_000 * MILLI);
        assertThat(received(log.due(1, 2, 20_100 * MILLI))).containsExactly(1);
        assertThat(received(log.due(1, 2, 20_200 * MILLI))).containsExactly(2);
    }

    @Test
    void whoLiesAboutNumbersCostsNothing() {
        int sequence = 0;
        for (int i = 0; i < 1_000; i++) {
            sequence = (sequence + 31_000) & 0xFFFF;
            log.arrived(sequence, i * MILLI);
        }
        TransportFeedback feedback = log.due(1, 2, 2_000 * MILLI);
        assertThat(feedback).isNotNull();
        assertThat(feedback.packetCount()).isLessThanOrEqualTo(4_096);
    }
}
