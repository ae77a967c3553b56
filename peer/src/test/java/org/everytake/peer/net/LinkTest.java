package org.everytake.peer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes of each condition, over 100,000 datagrams of 1,000 bytes, one a millisecond, from a fixed seed. */
class LinkTest {
    private static final int DATAGRAMS = 100_000;
    private static final int BYTES = 1_000;
    private static final long MILLI = 1_000_000L;
    private static final Conditions PERFECT = Conditions.PERFECT;

    /** Arrivals of each datagram. */
    private static List<List<Long>> run(long seed, Conditions conditions) {
        Link link = new Link(seed, conditions);
        List<List<Long>> all = new ArrayList<>();
        for (int i = 0; i < DATAGRAMS; i++) {
            List<Long> arrivals = new ArrayList<>();
            assertThat(link.pass(BYTES, i * MILLI, arrivals::add)).isEqualTo(!arrivals.isEmpty());
            all.add(arrivals);
        }
        return all;
    }

    private static double lost(List<List<Long>> all) {
        return all.stream().filter(List::isEmpty).count() / (double) DATAGRAMS;
    }

    private static List<Long> late(List<List<Long>> all) {
        List<Long> late = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isEmpty()) {
                late.add(all.get(i).getFirst() - i * MILLI);
            }
        }
        return late;
    }

    private static double meanMillis(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).average().orElseThrow() / MILLI;
    }

    private static List<Integer> bursts(List<List<Long>> all) {
        List<Integer> lengths = new ArrayList<>();
        int length = 0;
        for (List<Long> arrivals : all) {
            if (arrivals.isEmpty()) {
                length++;
            } else if (length > 0) {
                lengths.add(length);
                length = 0;
            }
        }
        return lengths;
    }

    private static double mean(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }

    private static boolean keepsOrder(List<List<Long>> all) {
        List<Long> arrivals =
                all.stream().filter(a -> !a.isEmpty()).map(List::getFirst).toList();
        return arrivals.equals(arrivals.stream().sorted().toList());
    }

    @Test
    void aPerfectLinkPassesAllAtOnce() {
        assertThat(late(run(1, PERFECT))).hasSize(DATAGRAMS).containsOnly(0L);
    }

    @Test
    void lossIsRandomAndAsOftenAsAsked() {
        List<List<Long>> all = run(1, PERFECT.withLoss(0.05));
        assertThat(lost(all)).isCloseTo(0.05, within(0.003));
        assertThat(mean(bursts(all))).as("by chance, 1 / (1 - 0.05)").isCloseTo(1.05, within(0.02));
    }

    @Test
    void burstsHaveTheirShareAndTheirMeanLength() {
        List<List<Long>> all = run(1, PERFECT.withBursts(0.15, 5));
        assertThat(lost(all)).isCloseTo(0.15, within(0.01));
        assertThat(mean(bursts(all))).isCloseTo(5, within(0.25));
        long single = bursts(all).stream().filter(length -> length == 1).count();
        assertThat(single / (double) bursts(all).size())
                .as("geometric: a fifth ends after one")
                .isCloseTo(0.2, within(0.02));
    }

    @Test
    void delayIsExact() {
        assertThat(late(run(1, PERFECT.withDelay(Duration.ofMillis(30))))).containsOnly(30 * MILLI);
    }

    @Test
    void jitterKeepsTheOrderAndReorderingDoesNot() {
        List<List<Long>> kept = run(1, PERFECT.withJitter(Duration.ofMillis(30)));
        assertThat(keepsOrder(kept)).isTrue();
        assertThat(late(kept)).allMatch(nanos -> nanos >= 0 && nanos <= 30 * MILLI);
        assertThat(meanMillis(late(kept)))
                .as("more than half, because of those that wait")
                .isGreaterThan(15);

        List<List<Long>> reordered = run(1, PERFECT.withReordering(1, Duration.ofMillis(30)));
        assertThat(keepsOrder(reordered)).isFalse();
        assertThat(late(reordered)).allMatch(nanos -> nanos >= 0 && nanos <= 30 * MILLI);
        assertThat(meanMillis(late(reordered))).isCloseTo(15, within(0.2));

        List<Long> some = late(run(1, PERFECT.withReordering(0.1, Duration.ofMillis(30))));
        assertThat(some.stream().filter(nanos -> nanos > 0).count() / (double) DATAGRAMS)
                .isCloseTo(0.1, within(0.005));
    }

    @Test
    void duplicatesComeAsOftenAsAsked() {
        List<List<Long>> all = run(1, PERFECT.withDuplication(0.02));
        assertThat(all).allMatch(arrivals -> !arrivals.isEmpty() && arrivals.size() <= 2);
        assertThat(all.stream().filter(arrivals -> arrivals.size() == 2).count() / (double) DATAGRAMS)
                .isCloseTo(0.02, within(0.002));
    }

    @Test
    void theRateIsKeptAndTheQueueDropsAtItsTail() {
        // 8 Mbit/s go in, 4 Mbit/s come out: half is dropped, and what comes has waited for a full queue of 10.
        List<List<Long>> all = run(1, PERFECT.withRate(4_000_000, 10 * BYTES));
        assertThat(lost(all)).isCloseTo(0.5, within(0.001));
        assertThat(keepsOrder(all)).isTrue();
        List<Long> late = late(all);
        assertThat(late.getFirst()).isEqualTo(2 * MILLI);
        assertThat(late).allMatch(nanos -> nanos <= 20 * MILLI);
        assertThat(late.getLast()).isGreaterThanOrEqualTo(18 * MILLI);
        // What fits only takes its time.
        assertThat(late(run(1, PERFECT.withRate(16_000_000, 10 * BYTES)))).containsOnly(MILLI / 2);
    }

    @Test
    void theDiceOfOneConditionDoNotDependOnTheOthers() {
        List<Integer> lostAlone = indexesLost(run(5, PERFECT.withLoss(0.1)));
        Conditions more = PERFECT.withLoss(0.1)
                .withJitter(Duration.ofMillis(5))
                .withDuplication(0.1)
                .withDelay(Duration.ofMillis(1));
        assertThat(indexesLost(run(5, more))).isEqualTo(lostAlone);
        assertThat(indexesLost(run(6, more))).isNotEqualTo(lostAlone);
    }

    private static List<Integer> indexesLost(List<List<Long>> all) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isEmpty()) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    @Test
    void conditionsThatCannotBeAreRefused() {
        List<Runnable> wrong = List.of(
                () -> PERFECT.withLoss(1.1),
                () -> PERFECT.withLoss(Double.NaN),
                () -> PERFECT.withDuplication(-0.1),
                () -> PERFECT.withDelay(Duration.ofMillis(-1)),
                () -> PERFECT.withBursts(0.9, 1),
                () -> PERFECT.withBursts(0.1, 0.5),
                () -> PERFECT.withReordering(2, Duration.ZERO),
                () -> PERFECT.withJitter(Duration.ofMillis(-1)),
                () -> PERFECT.withRate(-1, 0));
        assertThat(wrong)
                .allSatisfy(each -> assertThatThrownBy(each::run).isInstanceOf(IllegalArgumentException.class));
    }
}
