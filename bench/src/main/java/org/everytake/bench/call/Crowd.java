package org.everytake.bench.call;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.everytake.peer.MediaOptions;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.media.ReceivedStatistics;
import org.everytake.peer.media.SentStatistics;
import org.everytake.peer.net.SharedSockets;

/** Everybody who is in the rooms of a target. Used by one thread. */
final class Crowd implements AutoCloseable {
    private static final int GUESTS_AT_A_TIME = 4;

    private final Target target;
    private final SharedSockets network;
    private final Clip clip;
    private final int roomSize;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final List<Target.Guest> publishers = new ArrayList<>();
    private final List<Target.Guest> viewers = new ArrayList<>();
    private final ExecutorService atATime = Executors.newFixedThreadPool(GUESTS_AT_A_TIME);
    private int names;
    private int sending;

    /**
     * @param roomSize publishers of a room
     */
    Crowd(Target target, SharedSockets network, Clip clip, int roomSize) {
        this.target = target;
        this.network = network;
        this.clip = clip;
        this.roomSize = roomSize;
    }

    /**
     * Has so many publishers who send; if there are more, the last ones stay and send nothing, since a room that is left
     * ends its recording, whose files would be made beside what is measured.
     */
    void publishers(int count) throws IOException, InterruptedException {
        sending = count;
        for (int i = 0; i < publishers.size(); i++) {
            send(publishers.get(i), i < count);
        }
        List<Callable<Target.Guest>> joins = new ArrayList<>();
        for (int i = publishers.size(); i < count; i++) {
            int room = i / roomSize;
            // Each at another place of the clip, so that key frames do not come all at once.
            long start = network.nanoTime() - random.nextLong(clip.durationNanos());
            PeerOptions options = options().withClipStart(start);
            joins.add(() -> target.publish(room, options, clip));
        }
        join(joins, publishers);
    }

    /** Has so many viewers in each room that has publishers. */
    void viewers(int perRoom) throws IOException, InterruptedException {
        leave(viewers, 0);
        int rooms = (publishers.size() + roomSize - 1) / roomSize;
        List<Callable<Target.Guest>> joins = new ArrayList<>();
        for (int i = 0; i < rooms * perRoom; i++) {
            int room = i / perRoom;
            PeerOptions options = options();
            joins.add(() -> target.view(room, options));
        }
        join(joins, viewers);
    }

    /** Everybody stays, and sends nothing. */
    void fallSilent() {
        publishers.forEach(guest -> send(guest, false));
    }

    private static void send(Target.Guest guest, boolean on) {
        guest.peer().sendAudio(on);
        guest.peer().sendVideo(on);
    }

    private PeerOptions options() {
        return PeerOptions.of("peer-" + ++names, random.nextLong()).withMedia(MediaOptions.DEFAULT.withLogs(false));
    }

    private void join(List<Callable<Target.Guest>> joins, List<Target.Guest> into)
            throws IOException, InterruptedException {
        IOException refused = null;
        for (Future<Target.Guest> one : atATime.invokeAll(joins)) {
            try {
                into.add(one.get());
            } catch (ExecutionException failed) {
                refused = new IOException("Somebody cannot join: " + failed.getCause(), failed);
            }
        }
        // Those who are in stay, and are counted.
        if (refused != null) {
            throw refused;
        }
    }

    private void leave(List<Target.Guest> guests, int remaining) throws InterruptedException {
        List<Target.Guest> gone = guests.size() > remaining ? guests.subList(remaining, guests.size()) : List.of();
        atATime.invokeAll(
                gone.stream().map(guest -> Executors.callable(guest::close)).toList());
        if (!gone.isEmpty()) {
            gone.clear();
        }
    }

    Tally tally() {
        List<SentStatistics> sent = publishers.stream()
                .flatMap(guest -> guest.peer().sent().stream())
                .toList();
        List<ReceivedStatistics> received = viewers.stream()
                .flatMap(guest -> guest.peer().received().stream())
                .toList();
        SharedSockets.Punctuality punctuality = network.punctuality();
        return new Tally(
                Math.min(sending, publishers.size()),
                viewers.size(),
                (int) publishers.stream()
                        .filter(guest -> guest.peer().publishingEnded().isDone())
                        .count(),
                sent.stream().mapToLong(SentStatistics::packets).sum(),
                sent.stream().mapToLong(SentStatistics::octets).sum(),
                sent.stream().mapToLong(SentStatistics::retransmitted).sum(),
                received.stream().mapToLong(ReceivedStatistics::packets).sum(),
                received.stream().mapToLong(ReceivedStatistics::missing).sum(),
                received.stream().mapToLong(stream -> stream.frames().whole()).sum(),
                punctuality.ticks(),
                punctuality.lateTicks(),
                punctuality.latestNanos() / 1e6,
                punctuality.unsent(),
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9);
    }

    @Override
    public void close() {
        try {
            leave(viewers, 0);
            leave(publishers, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        atATime.shutdownNow();
        target.close();
    }
}
