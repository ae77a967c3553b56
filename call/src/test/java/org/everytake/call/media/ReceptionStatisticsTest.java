package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.SenderReport;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST = 65_536 + 65_530;

    private final ReceptionStatistics statistics = new ReceptionStatistics(7, 90_000);

    @Test
    void lossIsCountedSinceTheLastReportAndInAll() {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 1) {
                statistics.packet(FIRST + i, 3_000L * i, i * SECOND / 30);
            }
        }
        ReportBlock first = statistics.report(4 * SECOND);
        assertThat(first.ssrc()).isEqualTo(7);
        assertThat(first.cumulativeLost()).isEqualTo(25);
        assertThat(first.fractionLost()).isEqualTo(64);
        assertThat(first.extendedHighestSequence()).isEqualTo(65_530 + 99);
        for (int i = 100; i < 200; i++) {
            statistics.packet(FIRST + i, 3_000L * i, i * SECOND / 30);
        }
        ReportBlock second = statistics.report(8 * SECOND);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isEqualTo(25);
    }

    @Test
    void repairedPacketsAreNotLost() {
        for (int i : new int[] {0, 2, 3, 1}) {
            statistics.packet(FIRST + i, 0, 0);
        }
        assertThat(statistics.report(SECOND).cumulativeLost()).isZero();
    }

    @Test
    void jitterIsZeroInAStrictRhythmAcrossTheWrapOfTimestamps() {
        long start = 0xFFFFFFFFL - 10_000;
        for (int i = 0; i < 100; i++) {
            statistics.packet(FIRST + i, (start + 3_000L * i) & 0xFFFFFFFFL, -5 * SECOND + i * SECOND / 30);
        }
        assertThat(statistics.report(0).jitter()).isLessThan(3);
        for (int i = 100; i < 300; i++) {
            long late = i % 2 == 0 ? 10_000_000 : 0;
            statistics.packet(FIRST + i, (start + 3_000L * i) & 0xFFFFFFFFL, -5 * SECOND + i * SECOND / 30 + late);
        }
        assertThat(statistics.report(0).jitter()).isBetween(850L, 950L);
    }

    @Test
    void theReportTellsWhenTheLastSenderReportCame() {
        statistics.packet(FIRST, 0, 0);
        assertThat(statistics.report(SECOND).lastSenderReport()).isZero();
        statistics.senderReport(new SenderReport(7, 0x1122334455667788L, 0, 0, 0, List.of()), 10 * SECOND);
        ReportBlock report = statistics.report(12 * SECOND + SECOND / 2);
        assertThat(report.lastSenderReport()).isEqualTo(0x33445566L);
        assertThat(report.delaySinceLastSenderReport()).isEqualTo(2 * 65_536 + 32_768);
    }

    @Test
    void nothingReceivedIsNothingLost() {
        ReportBlock report = statistics.report(SECOND);
        assertThat(report.cumulativeLost()).isZero();
        assertThat(report.extendedHighestSequence()).isZero();
    }
}
