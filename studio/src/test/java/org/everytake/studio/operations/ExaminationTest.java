package org.everytake.studio.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.everytake.studio.jobs.JobFailures.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each finding by what was measured. */
class ExaminationTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final long GIB = 1L << 30;

    private static final Vitals WELL = new Vitals(
            NOW,
            new Vitals.Rooms(1, 2, 1),
            new Vitals.Spool(1000, 0),
            Optional.of(new Vitals.Backlog(1, 1000, Duration.ofSeconds(3))),
            List.of(disk(100 * GIB)),
            network(Optional.of(0L), null, 33_554_432),
            work(new Vitals.Load(1, 1, 0)),
            database(Optional.of(Duration.ofMillis(1)), 1, 0),
            Optional.of(new Vitals.Clock(Duration.ofMillis(3), NOW.minusSeconds(5))));

    private static Vitals.Disk disk(long freeBytes) {
        return disk(freeBytes, 0, null);
    }

    private static Vitals.Disk disk(long freeBytes, long reserveBytes, @Nullable Duration fullIn) {
        return new Vitals.Disk("/data", List.of("spool"), freeBytes, 200 * GIB, reserveBytes, fullIn);
    }

    private static Vitals.Network network(Optional<Long> dropped, @Nullable Instant last, int bufferBytes) {
        return new Vitals.Network(List.of(50_000), dropped, last, bufferBytes, 33_554_432);
    }

    private static Vitals.Jobs work(Vitals.@Nullable Load load, Failure... failures) {
        return new Vitals.Jobs(Optional.ofNullable(load), failures.length, failures.length, List.of(failures));
    }

    private static Failure failure(Instant at, boolean givenUp) {
        return new Failure("render", "subject", at, 5, givenUp, "why");
    }

    private static Vitals.Database database(Optional<Duration> answer, int busy, int waiting) {
        return new Vitals.Database(true, answer, 16, busy, waiting, 16);
    }

    private static Vitals with(
            Vitals.Spool spool,
            Optional<Vitals.Backlog> backlog,
            List<Vitals.Disk> disks,
            Vitals.Network network,
            Vitals.Jobs jobs,
            Vitals.Database database,
            Optional<Vitals.Clock> clock) {
        return new Vitals(NOW, WELL.rooms(), spool, backlog, disks, network, jobs, database, clock);
    }

    private static Examination spool(Vitals.Spool spool) {
        return Examination.of(
                with(spool, WELL.backlog(), WELL.disks(), WELL.network(), WELL.jobs(), WELL.database(), WELL.clock()));
    }

    private static Examination backlog(Duration oldest) {
        var backlog = Optional.of(new Vitals.Backlog(1, 1, oldest));
        return Examination.of(
                with(WELL.spool(), backlog, WELL.disks(), WELL.network(), WELL.jobs(), WELL.database(), WELL.clock()));
    }

    private static Examination disks(Vitals.Disk... disks) {
        return Examination.of(with(
                WELL.spool(),
                WELL.backlog(),
                List.of(disks),
                WELL.network(),
                WELL.jobs(),
                WELL.database(),
                WELL.clock()));
    }

    private static Examination network(Vitals.Network network) {
        return Examination.of(
                with(WELL.spool(), WELL.backlog(), WELL.disks(), network, WELL.jobs(), WELL.database(), WELL.clock()));
    }

    private static Examination jobs(Vitals.Jobs jobs) {
        return Examination.of(
                with(WELL.spool(), WELL.backlog(), WELL.disks(), WELL.network(), jobs, WELL.database(), WELL.clock()));
    }

    private static Examination database(Vitals.Database database) {
        return Examination.of(
                with(WELL.spool(), WELL.backlog(), WELL.disks(), WELL.network(), WELL.jobs(), database, WELL.clock()));
    }

    private static Examination clock(Duration offset, @Nullable Instant newest) {
        return Examination.of(with(
                WELL.spool(),
                WELL.backlog(),
                WELL.disks(),
                WELL.network(),
                WELL.jobs(),
                WELL.database(),
                Optional.of(new Vitals.Clock(offset, newest))));
    }

    private static void is(Finding finding, State state, @Nullable Reason reason) {
        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.reason()).isEqualTo(reason);
        assertThat(finding.sentence()).endsWith(".");
    }

    @Test
    void ofAServerThatIsWellAllIsOk() {
        Examination found = Examination.of(WELL);
        assertThat(found.worst()).isEqualTo(State.OK);
        is(found.rooms(), State.OK, null);
        is(found.disks().getFirst(), State.OK, null);
    }

    @Test
    void theWorstPartIsTheWhole() {
        assertThat(disks(disk(100 * GIB), disk(5 * GIB)).worst()).isEqualTo(State.WARNING);
        assertThat(disks(disk(GIB / 2), disk(5 * GIB)).worst()).isEqualTo(State.BAD);
    }

    @Test
    void packetsThatFoundNoRoomAreAWarning() {
        is(spool(new Vitals.Spool(0, 1)).spool(), State.WARNING, Reason.RECORDER_BEHIND);
    }

    @Test
    void tapeThatWaitsLongIsAWarningAndThenBad() {
        is(backlog(Duration.ofMinutes(9)).backlog(), State.OK, null);
        is(backlog(Duration.ofMinutes(11)).backlog(), State.WARNING, Reason.BACKLOG_OLD);
        is(backlog(Duration.ofHours(7)).backlog(), State.BAD, Reason.BACKLOG_OLD);
        assertThat(backlog(Duration.ofHours(7)).backlog().sentence()).contains("waited for 7 h");
    }

    @Test
    void aDiskRunsLowAndThenFull() {
        is(disks(disk(11 * GIB)).disks().getFirst(), State.OK, null);
        is(disks(disk(9 * GIB)).disks().getFirst(), State.WARNING, Reason.DISK_LOW);
        is(disks(disk(GIB - 1)).disks().getFirst(), State.BAD, Reason.DISK_FULL);
        is(disks(disk(3 * GIB, 4 * GIB, null)).disks().getFirst(), State.BAD, Reason.DISK_FULL);
    }

    @Test
    void aDiskThatFillsIsToldADayBeforeItIsFull() {
        is(disks(disk(100 * GIB, 0, Duration.ofHours(25))).disks().getFirst(), State.OK, null);
        is(disks(disk(100 * GIB, 0, Duration.ofHours(23))).disks().getFirst(), State.WARNING, Reason.DISK_FILLING);
        is(disks(disk(100 * GIB, 0, Duration.ofMinutes(59))).disks().getFirst(), State.BAD, Reason.DISK_FILLING);
    }

    @Test
    void whatTheKernelDroppedIsToldForAnHour() {
        int enough = 33_554_432;
        var dropped = network(network(Optional.of(5L), NOW.minusSeconds(60), enough));
        is(dropped.network(), State.WARNING, Reason.DATAGRAMS_DROPPED);
        is(network(network(Optional.of(5L), NOW.minusSeconds(3700), enough)).network(), State.OK, null);
        is(network(network(Optional.empty(), null, enough)).network(), State.OK, null);
        is(network(network(Optional.of(0L), null, 212_992)).network(), State.WARNING, Reason.BUFFER_SMALL);
    }

    @Test
    void workThatFailsIsAWarning() {
        var load = new Vitals.Load(1, 0, 0);
        is(jobs(work(load, failure(NOW.minusSeconds(60), true))).jobs(), State.WARNING, Reason.JOBS_GIVEN_UP);
        is(jobs(work(load, failure(NOW.minusSeconds(100_000), true))).jobs(), State.OK, null);
        is(jobs(work(load, failure(NOW, false))).jobs(), State.OK, null);
        is(jobs(work(new Vitals.Load(1, 0, 1))).jobs(), State.WARNING, Reason.JOBS_RETRYING);
        is(jobs(work(null)).jobs(), State.WARNING, Reason.CANNOT_TELL);
    }

    @Test
    void theDatabaseIsSlowShortOrAway() {
        var quick = Optional.of(Duration.ofMillis(2));
        is(database(database(Optional.empty(), 0, 0)).database(), State.BAD, Reason.DATABASE_AWAY);
        is(database(database(quick, 16, 3)).database(), State.WARNING, Reason.CONNECTIONS_SHORT);
        is(database(database(quick, 16, 0)).database(), State.OK, null);
        var slow = database(database(Optional.of(Duration.ofMillis(700)), 1, 0));
        is(slow.database(), State.WARNING, Reason.DATABASE_SLOW);
        assertThat(slow.database().sentence()).contains("700 ms");
    }

    @Test
    void aClockThatIsFarOffIsAWarning() {
        is(clock(Duration.ofSeconds(-3), null).clock(), State.WARNING, Reason.CLOCK_OFF);
        assertThat(clock(Duration.ofSeconds(-3), null).clock().sentence()).contains("differ by 3.0 s");
        is(clock(Duration.ofSeconds(1), NOW.plusSeconds(30)).clock(), State.OK, null);
        is(clock(Duration.ZERO, NOW.plusSeconds(3600)).clock(), State.WARNING, Reason.CLOCK_WENT_BACK);
    }

    @Test
    void whileTheDatabaseIsAwayWhatOnlyItKnowsIsNotTold() {
        Examination found = Examination.of(with(
                WELL.spool(),
                Optional.empty(),
                WELL.disks(),
                WELL.network(),
                work(null),
                database(Optional.empty(), 0, 0),
                Optional.empty()));
        is(found.backlog(), State.WARNING, Reason.CANNOT_TELL);
        is(found.clock(), State.WARNING, Reason.CANNOT_TELL);
        assertThat(found.worst()).isEqualTo(State.BAD);
    }
}
