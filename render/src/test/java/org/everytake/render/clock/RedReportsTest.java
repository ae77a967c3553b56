package org.everytake.render.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedReportsTest {
    /** Of a packet; the reports are on both sides of the wrap. */
    private static final long PACKET = 0xFFFF_FF00L;

    private static List<Report> behind(long... ticks) {
        return Arrays.stream(ticks)
                .mapToObj(t -> new Report(t * 1_000_000 / 48, 0, PACKET + t & 0xFFFF_FFFFL))
                .toList();
    }

    private static List<Report> mend(List<Report> reports) {
        return mend(reports, 48_000);
    }

    /** Of a stream whose first packet came at 0. */
    private static List<Report> mend(List<Report> reports, int clockRate) {
        Arrivals arrivals = new Arrivals(clockRate);
        return RedReports.mend(reports, arrivals, arrivals.add(PACKET, 0));
    }

    @Test
    void REN_3_millisecondsThatWereCountedAtEightKilohertzAreCountedRightly() {
        // as Chromium sent them: 35, 23 and 42 ms after packets
        assertThat(mend(behind(-212 * 960 + 280, 60 * 960 + 184, 255 * 960 + 336)))
                .extracting(report -> (long) (int) (report.timestamp32() - PACKET))
                .containsExactly(-212 * 960 + 35 * 48L, 60 * 960 + 23 * 48L, 255 * 960 + 42 * 48L);
    }

    @Test
    void whatIsRightStaysAsItIs() {
        List<Report> right = behind(0, 96, 192, 10 * 960 + 240, 20 * 960 + 336); // whole milliseconds at 48 kHz
        assertThat(mend(right)).isEqualTo(right);
        List<Report> another = behind(101, 960 + 8); // not in whole milliseconds
        assertThat(mend(another)).isEqualTo(another);
        List<Report> late = behind(280, 960 + 408); // more than 50 ms after a packet
        assertThat(mend(late)).isEqualTo(late);
        assertThat(mend(behind(280), 8_000)).isEqualTo(behind(280));
        assertThat(mend(List.of())).isEmpty();
    }
}
