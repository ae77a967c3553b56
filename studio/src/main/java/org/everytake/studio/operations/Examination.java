package org.everytake.studio.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.everytake.studio.jobs.JobFailures.Failure;
import org.everytake.studio.operations.Vitals.Disk;

/** What follows from what was measured: one finding for each part. A pure function. */
record Examination(
        Finding rooms,
        Finding spool,
        Finding backlog,
        List<Finding> disks,
        Finding network,
        Finding jobs,
        Finding database,
        Finding clock) {

    private static final Duration BACKLOG_WARNING = Duration.ofMinutes(10);
    private static final Duration BACKLOG_BAD = Duration.ofHours(6);
    private static final long DISK_LOW_BYTES = 10L << 30;
    private static final long DISK_FULL_BYTES = 1L << 30;
    private static final long MEGABYTE = 1_000_000;
    private static final Duration FULL_SOON = Duration.ofDays(1);
    private static final Duration FULL_AT_ONCE = Duration.ofHours(1);
    private static final Duration DROPS_SHOWN = Duration.ofHours(1);
    private static final Duration FAILURES_SHOWN = Duration.ofDays(1);
    private static final Duration SLOW_ANSWER = Duration.ofMillis(500);
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);
    private static final Duration FUTURE = Duration.ofMinutes(1);

    static Examination of(Vitals vitals) {
        return new Examination(
                Finding.ok("Rooms are made when somebody comes, and go when the last one leaves."),
                spool(vitals.spool()),
                vitals.backlog().map(Examination::backlog).orElseGet(Examination::databaseDoesNotSay),
                vitals.disks().stream().map(Examination::disk).toList(),
                network(vitals.network(), vitals.at()),
                jobs(vitals.jobs(), vitals.at()),
                database(vitals.database()),
                vitals.clock().map(clock -> clock(clock, vitals.at())).orElseGet(Examination::databaseDoesNotSay));
    }

    State worst() {
        return Stream.concat(Stream.of(rooms, spool, backlog, network, jobs, database, clock), disks.stream())
                .map(Finding::state)
                .reduce(State.OK, State::worse);
    }

    private static Finding spool(Vitals.Spool spool) {
        if (spool.droppedPackets() > 0) {
            return Finding.warning(
                    Reason.RECORDER_BEHIND,
                    "The disk of the spool was too slow: packets found no room on their way to it and are missing from"
                            + " recordings since the start. Put the spool on a faster disk, or take load off it.");
        }
        return Finding.ok("Tape lies here while it is recorded, and for a day after the vault has it.");
    }

    private static Finding backlog(Vitals.Backlog backlog) {
        Duration oldest = backlog.oldest();
        if (oldest == null || oldest.compareTo(BACKLOG_WARNING) < 0) {
            return Finding.ok("Sealed tape reaches the vault as it should.");
        }
        String sentence =
                "Tape has waited for " + words(oldest) + " to reach the vault. Nothing is lost while the spool"
                        + " has room; look into the log for what the vault says, and see that its disk is there and has room.";
        return oldest.compareTo(BACKLOG_BAD) < 0
                ? Finding.warning(Reason.BACKLOG_OLD, sentence)
                : Finding.bad(Reason.BACKLOG_OLD, sentence);
    }

    private static Finding disk(Disk disk) {
        Duration fullIn = disk.fullIn();
        if (disk.freeBytes() < Math.max(DISK_FULL_BYTES, disk.reserveBytes())) {
            String reserved = disk.reserveBytes() == 0
                    ? ""
                    : " What is left is kept for recordings that run, as far as " + disk.reserveBytes() / MEGABYTE
                            + " MB: no new one begins.";
            return Finding.bad(
                    Reason.DISK_FULL,
                    "This disk is almost full, and files cannot be made." + reserved
                            + " Delete recordings, or make the disk larger, now.");
        }
        if (fullIn != null && fullIn.compareTo(FULL_SOON) < 0) {
            String sentence = "This disk will be full in " + words(fullIn)
                    + " if it goes on filling as in the last ten minutes. Delete recordings, or make the disk larger,"
                    + " before that.";
            return fullIn.compareTo(FULL_AT_ONCE) < 0
                    ? Finding.bad(Reason.DISK_FILLING, sentence)
                    : Finding.warning(Reason.DISK_FILLING, sentence);
        }
        if (disk.freeBytes() < DISK_LOW_BYTES) {
            return Finding.warning(
                    Reason.DISK_LOW,
                    "Less than 10 GB are free on this disk. Delete recordings, or make the disk larger, before long.");
        }
        return Finding.ok("There is room.");
    }

    private static Finding network(Vitals.Network network, Instant at) {
        Instant last = network.lastDropped();
        if (last != null && last.plus(DROPS_SHOWN).isAfter(at)) {
            return Finding.warning(
                    Reason.DATAGRAMS_DROPPED,
                    "The kernel dropped datagrams within the last hour, because the server did not take them in time."
                            + " Raise net.core.rmem_max as the page on operations says, or give the server more"
                            + " processors.");
        }
        if (network.receiveBufferBytes() < network.wantedBufferBytes()) {
            return Finding.warning(
                    Reason.BUFFER_SMALL,
                    "The kernel gives the UDP ports a smaller buffer than the server asked for, so a long pause loses"
                            + " packets. Set net.core.rmem_max to " + network.wantedBufferBytes()
                            + " and restart the server.");
        }
        return Finding.ok("What arrives at the UDP ports is taken in time.");
    }

    private static Finding jobs(Vitals.Jobs jobs, Instant at) {
        boolean givenUp = jobs.failures().stream()
                .filter(Failure::givenUp)
                .anyMatch(failure -> failure.at().plus(FAILURES_SHOWN).isAfter(at));
        if (givenUp) {
            return Finding.warning(
                    Reason.JOBS_GIVEN_UP,
                    "Work was given up within the last day. What was recorded is kept; when the cause is mended, press"
                            + " Retry at the recording that failed.");
        }
        if (jobs.load().isEmpty()) {
            return databaseDoesNotSay();
        }
        if (jobs.load().get().retrying() > 0) {
            return Finding.warning(
                    Reason.JOBS_RETRYING,
                    "Work failed and will be tried again by itself. If it goes on failing, its last error says why.");
        }
        return Finding.ok("Work is done as it comes.");
    }

    private static Finding database(Vitals.Database database) {
        if (database.answer().isEmpty()) {
            return Finding.bad(
                    Reason.DATABASE_AWAY,
                    database.embedded()
                            ? "The database does not answer. Recordings that run go on; its words are in the file log of"
                                    + " the folder postgres."
                            : "The database does not answer. Recordings that run go on; start it again, and see that"
                                    + " this server may reach it.");
        }
        if (database.waitingThreads() > 0 && database.busyConnections() >= database.mostConnections()) {
            return Finding.warning(
                    Reason.CONNECTIONS_SHORT,
                    "All connections to the database are busy and requests wait for one. If this lasts, the database"
                            + " is too slow: look at its disk and its processors.");
        }
        if (database.answer().get().compareTo(SLOW_ANSWER) > 0) {
            return Finding.warning(
                    Reason.DATABASE_SLOW,
                    "The database took " + database.answer().get().toMillis()
                            + " ms for the simplest question. Look at its disk and its processors.");
        }
        return Finding.ok("The database answers.");
    }

    private static Finding clock(Vitals.Clock clock, Instant at) {
        if (clock.offset().abs().compareTo(CLOCKS_APART) > 0) {
            return Finding.warning(
                    Reason.CLOCK_OFF,
                    "The clocks of this server and of the database differ by "
                            + String.format(
                                    Locale.ROOT, "%.1f", clock.offset().abs().toMillis() / 1000.0)
                            + " s. Keep both by NTP, such as with chrony.");
        }
        Instant newest = clock.newestRecording();
        if (newest != null && newest.isAfter(at.plus(FUTURE))) {
            return Finding.warning(
                    Reason.CLOCK_WENT_BACK,
                    "The newest recording began at " + newest + ", which is still to come: the clock was ahead then, or"
                            + " is behind now. Set it right, and keep it by NTP, such as with chrony.");
        }
        return Finding.ok("The clocks agree.");
    }

    private static Finding databaseDoesNotSay() {
        return Finding.warning(Reason.CANNOT_TELL, "This cannot be told while the database does not answer.");
    }

    private static String words(Duration duration) {
        return duration.toHours() > 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }
}
