package org.everytake.studio.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.everytake.studio.jobs.JobFailures.Failure;
import org.jspecify.annotations.Nullable;

/** Everything that was measured of the server at one moment. What only the database knows is empty when it is away. */
record Vitals(
        Instant at,
        Rooms rooms,
        Spool spool,
        Optional<Backlog> backlog,
        List<Disk> disks,
        Network network,
        Jobs jobs,
        Database database,
        Optional<Clock> clock) {

    /** Live ones. */
    record Rooms(int rooms, int people, int recordings) {}

    /** @param droppedPackets those that found no room on their way to the spool, since the start */
    record Spool(long sizeBytes, long droppedPackets) {}

    /** Tape that the vault does not have yet; {@code oldest} is null when there is none. */
    record Backlog(long segments, long sizeBytes, @Nullable Duration oldest) {}

    /**
     * A file system.
     *
     * @param holds which folders of the data lie on it
     * @param reserveBytes kept for recordings that run; 0 where there is no spool
     * @param fullIn when nothing will be free if it goes on filling as it did of late; null if it does not
     */
    record Disk(
            String path,
            List<String> holds,
            long freeBytes,
            long totalBytes,
            long reserveBytes,
            @Nullable Duration fullIn) {}

    /**
     * The UDP ports.
     *
     * @param ports of the event loops
     * @param droppedDatagrams what the kernel dropped of the ports' own since the start; empty where it does not say
     * @param lastDropped when that was last seen to grow; null if it never was
     */
    record Network(
            List<Integer> ports,
            Optional<Long> droppedDatagrams,
            @Nullable Instant lastDropped,
            int receiveBufferBytes,
            int wantedBufferBytes) {}

    /**
     * @param load what waits and what is under way; empty when the database is away
     * @param failures the newest first
     */
    record Jobs(Optional<Load> load, long failed, long givenUp, List<Failure> failures) {}

    record Load(long queued, long running, long retrying) {}

    /** @param answer how long a question took; empty when there was no answer */
    record Database(
            boolean embedded,
            Optional<Duration> answer,
            int connections,
            int busyConnections,
            int waitingThreads,
            int mostConnections) {}

    /**
     * @param offset how far the database's clock is ahead of ours
     * @param newestRecording when the newest recording began by the clock of then; null if there is none
     */
    record Clock(Duration offset, @Nullable Instant newestRecording) {}
}
