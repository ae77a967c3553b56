package org.everytake.studio.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.everytake.studio.jobs.JobFailures.Failure;
import org.jspecify.annotations.Nullable;

/** The shape of health in docs/api.md. */
record HealthView(
        String state,
        String version,
        Instant upSince,
        Instant at,
        RoomsView rooms,
        SpoolView spool,
        BacklogView backlog,
        List<DiskView> disks,
        NetworkView network,
        JobsView jobs,
        DatabaseView database,
        ClockView clock) {

    record RoomsView(String state, @Nullable String reason, String sentence, int rooms, int people, int recordings) {}

    record SpoolView(String state, @Nullable String reason, String sentence, long sizeBytes, long droppedPackets) {}

    record BacklogView(
            String state,
            @Nullable String reason,
            String sentence,
            @Nullable Long segments,
            @Nullable Long sizeBytes,
            @Nullable Long oldestMillis) {}

    record DiskView(
            String state,
            @Nullable String reason,
            String sentence,
            String path,
            List<String> holds,
            long freeBytes,
            long totalBytes,
            long reserveBytes,
            @Nullable Long fullInMillis) {}

    record NetworkView(
            String state,
            @Nullable String reason,
            String sentence,
            int port,
            List<Integer> ports,
            @Nullable Long droppedDatagrams,
            int receiveBufferBytes,
            int wantedBufferBytes) {}

    record JobsView(
            String state,
            @Nullable String reason,
            String sentence,
            @Nullable Long queued,
            @Nullable Long running,
            long failed,
            List<Failure> failures) {}

    record DatabaseView(
            String state,
            @Nullable String reason,
            String sentence,
            boolean embedded,
            @Nullable Long answerMillis,
            int connections,
            int busyConnections,
            int mostConnections) {}

    record ClockView(
            String state,
            @Nullable String reason,
            String sentence,
            @Nullable Long offsetMillis) {}

    static HealthView of(Vitals vitals, String version, Instant upSince) {
        Examination found = Examination.of(vitals);
        return new HealthView(
                found.worst().word(),
                version,
                upSince,
                vitals.at(),
                rooms(found.rooms(), vitals.rooms()),
                spool(found.spool(), vitals.spool()),
                backlog(found.backlog(), vitals.backlog()),
                IntStream.range(0, vitals.disks().size())
                        .mapToObj(i -> disk(found.disks().get(i), vitals.disks().get(i)))
                        .toList(),
                network(found.network(), vitals.network()),
                jobs(found.jobs(), vitals.jobs()),
                database(found.database(), vitals.database()),
                clock(found.clock(), vitals.clock()));
    }

    private static RoomsView rooms(Finding found, Vitals.Rooms rooms) {
        return new RoomsView(
                found.state().word(), word(found), found.sentence(), rooms.rooms(), rooms.people(), rooms.recordings());
    }

    private static SpoolView spool(Finding found, Vitals.Spool spool) {
        return new SpoolView(
                found.state().word(), word(found), found.sentence(), spool.sizeBytes(), spool.droppedPackets());
    }

    private static BacklogView backlog(Finding found, Optional<Vitals.Backlog> backlog) {
        return new BacklogView(
                found.state().word(),
                word(found),
                found.sentence(),
                backlog.map(Vitals.Backlog::segments).orElse(null),
                backlog.map(Vitals.Backlog::sizeBytes).orElse(null),
                backlog.flatMap(left -> Optional.ofNullable(left.oldest()))
                        .map(Duration::toMillis)
                        .orElse(null));
    }

    private static DiskView disk(Finding found, Vitals.Disk disk) {
        return new DiskView(
                found.state().word(),
                word(found),
                found.sentence(),
                disk.path(),
                disk.holds(),
                disk.freeBytes(),
                disk.totalBytes(),
                disk.reserveBytes(),
                disk.fullIn() == null ? null : disk.fullIn().toMillis());
    }

    private static NetworkView network(Finding found, Vitals.Network network) {
        return new NetworkView(
                found.state().word(),
                word(found),
                found.sentence(),
                network.ports().getFirst(),
                network.ports(),
                network.droppedDatagrams().orElse(null),
                network.receiveBufferBytes(),
                network.wantedBufferBytes());
    }

    private static JobsView jobs(Finding found, Vitals.Jobs jobs) {
        return new JobsView(
                found.state().word(),
                word(found),
                found.sentence(),
                jobs.load().map(Vitals.Load::queued).orElse(null),
                jobs.load().map(Vitals.Load::running).orElse(null),
                jobs.givenUp(),
                jobs.failures());
    }

    private static DatabaseView database(Finding found, Vitals.Database database) {
        return new DatabaseView(
                found.state().word(),
                word(found),
                found.sentence(),
                database.embedded(),
                database.answer().map(Duration::toMillis).orElse(null),
                database.connections(),
                database.busyConnections(),
                database.mostConnections());
    }

    private static ClockView clock(Finding found, Optional<Vitals.Clock> clock) {
        return new ClockView(
                found.state().word(),
                word(found),
                found.sentence(),
                clock.map(one -> one.offset().toMillis()).orElse(null));
    }

    private static @Nullable String word(Finding found) {
        Reason reason = found.reason();
        return reason == null ? null : reason.word();
    }
}
