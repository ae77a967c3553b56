package org.everytake.render.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockMapTest {
    private static final double MILLI = 1e6;

    @Test
    void CAP_11_aTimestampFromTheMiddleIsExtendedByItsArrival() {
        ClockMap clock =
                ClockMap.reported(90_000, Polyline.line(0, 5_000_000_000L, 100e-6), Polyline.line(0, 0, -80e-6));
        long aDay = 24 * 3_600L * 90_000;
        for (long timestamp = 17; timestamp < aDay; timestamp += 3_333_333_333L) {
            long arrival = clock.sessionNanos(timestamp) + 3_000_000_000L;
            assertThat(clock.extend32(timestamp & 0xFFFF_FFFFL, arrival)).isEqualTo(timestamp);
        }
    }

    /** A sender in true time: its clocks, its network, and what of it arrives. */
    private static final class Sender {
        final Random random = new Random(7);
        final double offsetSeconds;
        final double ppm;
        final double delayMillis;
        final double jitterMillis;

        Sender(double offsetSeconds, double ppm, double delayMillis, double jitterMillis) {
            this.offsetSeconds = offsetSeconds;
            this.ppm = ppm;
            this.delayMillis = delayMillis;
            this.jitterMillis = jitterMillis;
        }

        long ntp(double at) {
            double clock = 3_900_000_000.0 + offsetSeconds + at * (1 + ppm / 1e6);
            long seconds = (long) clock;
            return seconds << 32 | (long) ((clock - seconds) * (1L << 32));
        }

        long timestamp(double at, int rate, long start) {
            return start + Math.round(at * (1 + ppm / 1e6) * rate);
        }

        long arrival(double at) {
            return Math.round((at + (delayMillis + jitterMillis * random.nextDouble()) / 1000) * 1e9);
        }

        Arrivals packets(int rate, long start, double from, double to, double every) {
            Arrivals arrivals = new Arrivals(rate);
            for (double at = from; at < to; at += every) {
                arrivals.add(timestamp(at, rate, start) & 0xFFFF_FFFFL, arrival(at));
            }
            return arrivals;
        }

        List<Report> reports(int rate, long start, double from, double to, double every, double mediaJitterMillis) {
            List<Report> reports = new ArrayList<>();
            for (double at = from; at < to; at += every) {
                double media = at + mediaJitterMillis / 1000 * (2 * random.nextDouble() - 1);
                reports.add(new Report(arrival(at), ntp(at), timestamp(media, rate, start) & 0xFFFF_FFFFL));
            }
            return reports;
        }

        StreamClock audio(long start, double from, double to) {
            return new StreamClock(
                    "anna", packets(48_000, start, from, to, 0.02), reports(48_000, start, from + 2, to, 5, 4));
        }

        StreamClock video(long start, double from, double to) {
            return new StreamClock(
                    "anna", packets(90_000, start, from, to, 0.04), reports(90_000, start, from, to, 1, 0.5));
        }
    }

    private static double errorMillis(ClockMap map, Sender sender, long start, double at) {
        long session = map.sessionNanos(sender.timestamp(at, map.clockRate(), start));
        return (session - at * 1e9) / MILLI;
    }

    @Test
    void REN_3_soundAndPictureOfASkewedSenderMeetOnTheReports() {
        for (double ppm : new double[] {-200, -100, 0, 100, 200}) {
            Sender sender = new Sender(3, ppm, 30, 8);
            long audioStart = 0xFFFF_F000L; // wraps in the first second
            long videoStart = 12_345;
            List<ClockMap> maps = ClockMaps.of(
                    List.of(sender.audio(audioStart, 0, 180), sender.video(videoStart, 0.5, 180)), 60_000_000);
            for (double at = 0; at < 180; at += 7) {
                double audio = errorMillis(maps.get(0), sender, audioStart, at);
                double video = errorMillis(maps.get(1), sender, videoStart, at);
                assertThat(audio - video)
                        .as("lip sync at %s s, %s ppm", at, ppm)
                        .isCloseTo(0, within(4.0));
                assertThat(video).as("session time at %s s, %s ppm", at, ppm).isCloseTo(0, within(4.0));
            }
        }
    }

    @Test
    void REN_3_twoSendersWhoseClocksDifferShareOneSessionTime() {
        Sender anna = new Sender(3, 100, 20, 5);
        Sender ben = new Sender(0, -100, 25, 5);
        ClockMap left = ClockMaps.of(List.of(anna.video(1, 0, 60)), 0).getFirst();
        ClockMap right = ClockMaps.of(List.of(ben.video(1, 0, 60)), 0).getFirst();
        for (double at = 0; at < 60; at += 3) {
            assertThat(errorMillis(left, anna, 1, at) - errorMillis(right, ben, 1, at))
                    .isCloseTo(0, within(12.0));
        }
    }

    /** A take that follows one which was lost to the disk begins with the report that came last before it. */
    @Test
    void CAP_2_aTakeThatGoesOnAfterALossLiesOnTheClockOfTheOneBefore() {
        Sender sender = new Sender(3, 100, 20, 2);
        Sender delayed = new Sender(3, 100, 120, 2);
        StreamClock before = sender.video(77, 0, 30);
        Arrivals after = delayed.packets(90_000, 77, 45, 49, 0.04);
        StreamClock repeated =
                new StreamClock("anna", after, List.of(before.reports().getLast()));
        List<ClockMap> maps = ClockMaps.of(List.of(before, repeated), 0);
        for (double at = 45; at < 49; at++) {
            double next = errorMillis(maps.get(1), sender, 77, at);
            assertThat(next - errorMillis(maps.get(0), sender, 77, at)).isCloseTo(0, within(2.0));
        }
        // By its arrivals alone it would be late by what its packets are.
        ClockMap alone = ClockMaps.of(List.of(new StreamClock("anna", after, List.of())), 0)
                .getFirst();
        assertThat(errorMillis(alone, sender, 77, 47)).isGreaterThan(90);
    }

    @Test
    void arrivalServesUntilThereAreReports() {
        Sender sender = new Sender(0, 50, 20, 30);
        StreamClock silent = new StreamClock("anna", sender.packets(48_000, 99, 0, 60, 0.02), List.of());
        ClockMap map = ClockMaps.of(List.of(silent), 0).getFirst();
        assertThat(map.isReported()).isFalse();
        assertThat(errorMillis(map, sender, 99, 30)).isCloseTo(20, within(5.0));
    }

    @Test
    void timeBeforeTheFirstReportIsMappedBackwards() {
        Sender sender = new Sender(-3, -100, 10, 2);
        StreamClock audio =
                new StreamClock("anna", sender.packets(48_000, 5, 0, 9, 0.02), sender.reports(48_000, 5, 8, 9, 5, 0));
        ClockMap map = ClockMaps.of(List.of(audio), 20_000_000).getFirst();
        assertThat(map.isReported()).isTrue();
        assertThat(errorMillis(map, sender, 5, 0)).isCloseTo(0, within(4.0));
    }

    @Test
    void wrongAndLateReportsAreLeftOut() {
        Sender sender = new Sender(1, 80, 20, 3);
        List<Report> reports = new ArrayList<>(sender.reports(90_000, 7, 0, 60, 1, 0.5));
        reports.set(
                3, new Report(reports.get(3).arrivalNanos(), 0, reports.get(3).timestamp32()));
        reports.set(9, new Report(reports.get(9).arrivalNanos(), reports.get(9).ntp64(), 0xDEAD_BEEFL));
        reports.set(20, new Report(reports.get(20).arrivalNanos(), Long.MAX_VALUE, 1));
        Report late = reports.get(30);
        reports.set(30, new Report(late.arrivalNanos() + 900_000_000L, late.ntp64(), late.timestamp32()));
        StreamClock video = new StreamClock("anna", sender.packets(90_000, 7, 0, 60, 0.04), reports);
        ClockMap map = ClockMaps.of(List.of(video), 40_000_000).getFirst();
        for (double at = 0; at < 60; at += 5) {
            assertThat(errorMillis(map, sender, 7, at)).isCloseTo(0, within(4.0));
        }
    }

    @Test
    void ofTwoReportsThatContradictEachOtherOneIsBelieved() {
        Sender sender = new Sender(0, 0, 20, 0);
        List<Report> reports = new ArrayList<>(sender.reports(48_000, 7, 1, 7, 5, 0));
        Report late = reports.get(1);
        reports.set(1, new Report(late.arrivalNanos() + 9_000_000_000L, late.ntp64(), late.timestamp32()));
        StreamClock audio = new StreamClock("anna", sender.packets(48_000, 7, 0, 8, 0.02), reports);
        ClockMap map = ClockMaps.of(List.of(audio), 40_000_000).getFirst();
        assertThat(errorMillis(map, sender, 7, 4)).isCloseTo(0, within(4.0));
    }

    @Test
    void somebodyWhoReturnsWithAnotherClockIsNotAveraged() {
        Sender before = new Sender(0, 100, 20, 2);
        Sender after = new Sender(3, -100, 20, 2);
        List<ClockMap> maps = ClockMaps.of(List.of(before.video(1, 0, 40), after.video(1, 60, 100)), 40_000_000);
        assertThat(errorMillis(maps.get(0), before, 1, 20)).isCloseTo(0, within(3.0));
        assertThat(errorMillis(maps.get(1), after, 1, 80)).isCloseTo(0, within(3.0));
    }

    @Test
    void anHourOfAClockThatChangesItsRateIsFollowed() {
        Arrivals arrivals = new Arrivals(48_000);
        List<Report> reports = new ArrayList<>();
        Sender clock = new Sender(0, 0, 20, 3);
        for (double at = 0; at < 3600; at += 0.5) {
            double drifted = at + 30e-6 * at + 20e-6 * 600 * (1 - Math.cos(at / 600));
            arrivals.add(Math.round(drifted * 48_000) & 0xFFFF_FFFFL, clock.arrival(at));
            if (at % 5 == 0) {
                reports.add(
                        new Report(clock.arrival(at), clock.ntp(drifted), Math.round(drifted * 48_000) & 0xFFFF_FFFFL));
            }
        }
        ClockMap map = ClockMaps.of(List.of(new StreamClock("anna", arrivals, reports)), 40_000_000)
                .getFirst();
        for (double at = 0; at < 3600; at += 100) {
            double drifted = at + 30e-6 * at + 20e-6 * 600 * (1 - Math.cos(at / 600));
            assertThat((map.sessionNanos(Math.round(drifted * 48_000)) - at * 1e9) / MILLI)
                    .as("at %s s", at)
                    .isCloseTo(0, within(5.0));
        }
    }

    @Test
    void ticksBecomeNanosecondsWithoutACumulativeError() {
        long day = 86_400L * 90_000;
        assertThat(ClockMap.nanos(day, 90_000)).isEqualTo(86_400_000_000_000L);
        assertThat(ClockMap.nanos(day + 1, 90_000)).isEqualTo(86_400_000_011_111L);
        assertThat(ClockMap.nanos(-1, 48_000)).isEqualTo(-20_834);
        assertThat(ClockMap.extend(5, 0x1_FFFF_FFF0L)).isEqualTo(0x2_0000_0005L);
        assertThat(ClockMap.extend(0xFFFF_FFFAL, 0x2_0000_0005L)).isEqualTo(0x1_FFFF_FFFAL);
    }
}
