package org.everytake.render.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CausalClocksTest {
    private static final long STEP = 3_200_000_000L;
    private static final long BEHIND = 6_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /** Somebody's sound and picture as they arrive, with a clock that is wrong and a network that is late. */
    private static final class Sender {
        private final Random random;
        private final double ppm;
        private final double offsetSeconds;
        private final Arrivals sound = new Arrivals(48_000);
        private final Arrivals picture = new Arrivals(90_000);
        private final List<Report> soundReports = new ArrayList<>();
        private final List<Report> pictureReports = new ArrayList<>();
        private boolean lying;
        private int packets;

        Sender(long seed) {
            random = new Random(seed);
            ppm = random.nextDouble(-200, 200);
            offsetSeconds = random.nextDouble(-5, 5);
        }

        /** Twenty milliseconds more; {@code now} in session time. */
        void next(long now) {
            long arrival = now + 20_000_000 + (long) (Math.abs(random.nextGaussian()) * 4e6);
            sound.add(timestamp(now, 48_000), arrival);
            if (packets % 2 == 0) {
                picture.add(timestamp(now, 90_000), arrival);
            }
            if (packets % 50 == 7) {
                pictureReports.add(report(now, arrival, 90_000));
            }
            if (packets % 250 == 100) {
                soundReports.add(report(now, arrival, 48_000));
            }
            packets++;
        }

        private Report report(long now, long arrival, int rate) {
            // one in ten is late by up to a second, and a liar's tells another time
            long late = random.nextInt(10) == 0 ? random.nextLong(SECOND) : 0;
            long lie = lying && random.nextInt(10) == 0 ? 1L << 34 : 0;
            return new Report(arrival + late, ntp(now) + lie, timestamp(now, rate));
        }

        private double clock(long now) {
            return offsetSeconds + now / 1e9 * (1 + ppm / 1e6);
        }

        private long ntp(long now) {
            double seconds = 3_900_000_000.0 + clock(now);
            return (long) seconds << 32 | (long) ((seconds - (long) seconds) * (1L << 32));
        }

        private long timestamp(long now, int rate) {
            return extended(now, rate) & 0xFFFF_FFFFL;
        }

        /** Wraps in the first minute. */
        long extended(long now, int rate) {
            return 0xFFFF_FFFFL - 20L * rate + Math.round((clock(now) - offsetSeconds) * rate);
        }

        List<StreamClock> streams() {
            return List.of(
                    new StreamClock("anna", sound, soundReports), new StreamClock("anna", picture, pictureReports));
        }
    }

    @Test
    void REN_8_whatWasSettledIsNeverRevisedAndNeverSteps() {
        for (long seed = 0; seed < 20; seed++) {
            Sender sender = new Sender(seed);
            sender.lying = seed % 2 == 1;
            CausalClocks clocks = new CausalClocks();
            List<Long> told = new ArrayList<>();
            long until = 0;
            long now = 0;
            for (int step = 1; step < 40; step++) {
                for (; now < step * STEP + BEHIND; now += 20_000_000) {
                    sender.next(now);
                }
                List<ClockMap> maps = clocks.settle(sender.streams(), 0, step * STEP);
                long at = 0;
                for (int known = 0; known < told.size(); known++, at += 100_000_000) {
                    assertThat(maps.get(1).sessionNanos(sender.extended(at, 90_000)))
                            .as("seed %d, step %d, %d ns", seed, step, at)
                            .isEqualTo(told.get(known));
                }
                for (; maps.get(1).sessionNanos(sender.extended(at, 90_000)) < step * STEP; at += 100_000_000) {
                    told.add(maps.get(1).sessionNanos(sender.extended(at, 90_000)));
                }
                assertThat(at).as("all of a step is settled").isGreaterThan(until);
                until = at;
            }
            for (int i = 1; i < told.size(); i++) {
                // 200 ppm of the sender, 500 of a fit, 500 of the bend
                assertThat(told.get(i) - told.get(i - 1) - 100_000_000).isBetween(-130_000L, 130_000L);
            }
        }
    }

    @Test
    void REN_8_soundAndPictureMeetAsTheyDoInAFitOfTheWhole() {
        for (long seed = 0; seed < 20; seed++) {
            Sender sender = new Sender(seed);
            CausalClocks clocks = new CausalClocks();
            List<ClockMap> maps = List.of();
            long now = 0;
            for (int step = 1; step < 60; step++) {
                for (; now < step * STEP + BEHIND; now += 20_000_000) {
                    sender.next(now);
                }
                maps = clocks.settle(sender.streams(), 0, step * STEP);
            }
            List<ClockMap> whole = ClockMaps.of(sender.streams(), 0);
            for (long at = 0; at < 180 * SECOND; at += SECOND / 2) {
                long sound = maps.get(0).sessionNanos(sender.extended(at, 48_000));
                long picture = maps.get(1).sessionNanos(sender.extended(at, 90_000));
                assertThat(Math.abs(sound - picture) / 1e6)
                        .as("lip sync, seed %d at %d", seed, at)
                        .isLessThan(15);
                long best = whole.get(1).sessionNanos(sender.extended(at, 90_000));
                assertThat(Math.abs(picture - best) / 1e6)
                        .as("seed %d at %d", seed, at)
                        .isLessThan(20);
            }
        }
    }

    @Test
    void aStreamThatIsOverAndOneThatBeginsLateAreMappedAtTheirTimes() {
        Sender early = new Sender(1);
        Sender late = new Sender(2);
        CausalClocks clocks = new CausalClocks();
        List<ClockMap> maps = List.of();
        long now = 0;
        for (int step = 1; step < 30; step++) {
            for (; now < step * STEP + BEHIND; now += 20_000_000) {
                if (now < 20 * SECOND) {
                    early.next(now);
                } else if (now > 40 * SECOND) {
                    late.next(now);
                }
            }
            List<StreamClock> streams = new ArrayList<>(early.streams());
            if (now > 40 * SECOND) {
                late.streams()
                        .forEach(stream -> streams.add(new StreamClock("ben", stream.arrivals(), stream.reports())));
            }
            maps = clocks.settle(streams, 0, step * STEP);
        }
        assertThat(maps).hasSize(4);
        assertThat(maps.get(1).sessionNanos(early.extended(15 * SECOND, 90_000)) / 1e6)
                .isBetween(14_990.0, 15_040.0);
        // its clock had wrapped before its first packet
        assertThat(maps.get(3).sessionNanos(late.extended(60 * SECOND, 90_000) - (1L << 32)) / 1e6)
                .isBetween(59_990.0, 60_040.0);
    }
}
