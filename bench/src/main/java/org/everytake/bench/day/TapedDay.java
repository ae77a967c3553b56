package org.everytake.bench.day;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.everytake.bench.measure.Memory;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.DatagramPort;
import org.everytake.call.Room;
import org.everytake.call.RoomListener;
import org.everytake.peer.MediaOptions;
import org.everytake.peer.Peer;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.media.SentStatistics;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.VirtualNetwork;
import org.everytake.studio.record.Recorder;
import org.everytake.tape.Event;
import org.everytake.tape.Snapshot;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.spool.Tape;
import org.everytake.wire.Malformed;

/**
 * Records two people in a call on a network in memory, whose time is stepped: the product's call and recorder, two Java
 * participants with clocks that run wrong, and a real spool that ships. What runs by the machine's clock is the disk.
 *
 * @param clipsBegan true seconds after the recording's zero at which both clips began
 * @param sent packets of all streams
 * @param dropped packets that found no room in memory
 * @param heap megabytes in use after a collection: after each twelfth of the time
 * @param residentMegabytes of the process after a quarter, and at the end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TapedDay(
        List<SegmentSource> segments,
        double clipsBegan,
        long sent,
        long dropped,
        double[] heap,
        double[] residentMegabytes) {
    static final TapeKey KEY = TapeKey.of(new byte[TapeKey.BYTES]);
    static final int PARTS = 12;
    static final int QUARTER = PARTS / 4 - 1;

    private static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration DELAY = Duration.ofMillis(5);
    /** As often as the product asks for key frames while it records. */
    private static final Duration STEP = Duration.ofSeconds(10);
    /** Of DTLS, which needs the machine's time. */
    private static final int PATIENCE_SECONDS = 120;

    /** @param folder of spool and store, which must outlive what is returned */
    static TapedDay record(Path folder, Duration length, List<Performer> performers, Consumer<String> progress)
            throws IOException, TapeFault, InterruptedException {
        VirtualNetwork network = new VirtualNetwork(5, Conditions.of(0, DELAY), EPOCH);
        DatagramPort port = network.open();
        CallOptions options = CallOptions.of(port.localAddress())
                .withAdvertised(List.of(port.localAddress().getAddress()), 0);
        try (ShippedSpool spool = ShippedSpool.open(folder);
                CallServer server = CallServer.open(options, port, network::nanoTime, network::wallTime)) {
            return new Recording(network, spool, server.room("day"), length, progress).record(performers);
        } catch (ExecutionException | TimeoutException | Malformed failed) {
            throw new IOException("The day could not be recorded: " + failed.getMessage(), failed);
        }
    }

    /** One that is under way. */
    private static final class Recording implements Recorder.Parent {
        private final VirtualNetwork network;
        private final ShippedSpool spool;
        private final Room room;
        private final Duration length;
        private final Consumer<String> progress;
        private final AtomicLong dropped = new AtomicLong();
        private final List<Peer> peers = new ArrayList<>();
        private final double[] heap = new double[PARTS];
        private final double[] resident = new double[PARTS];

        Recording(VirtualNetwork network, ShippedSpool spool, Room room, Duration length, Consumer<String> progress) {
            this.network = network;
            this.spool = spool;
            this.room = room;
            this.length = length;
            this.progress = progress;
        }

        TapedDay record(List<Performer> performers)
                throws IOException, TapeFault, InterruptedException, ExecutionException, TimeoutException, Malformed {
            Snapshot empty = Snapshot.of(List.of(), List.of());
            long zero = network.nanoTime();
            Tape tape = spool.spool()
                    .create(KEY, new Event.RecordingStarted("day", "day", "A day", network.wallTime(), empty));
            Recorder recorder = new Recorder(tape, empty, zero, network::nanoTime, true, this);
            try {
                await(room.add(recorder));
                long clipsBegin = network.nanoTime();
                for (Performer performer : performers) {
                    publish(performer, clipsBegin);
                }
                network.freeze();
                pass();
                for (Peer peer : peers) {
                    peer.sendAudio(false);
                    peer.sendVideo(false);
                }
                network.advance(STEP);
                long sent = peers.stream()
                        .flatMap(peer -> peer.sent().stream())
                        .mapToLong(SentStatistics::packets)
                        .sum();
                network.run();
                await(room.remove(recorder));
                await(tape.finish(network.nanoTime() - zero, "stopped"));
                return new TapedDay(
                        spool.shipped(), (clipsBegin - zero) / 1e9, sent, dropped.get(), heap, new double[] {
                            resident[QUARTER], resident[PARTS - 1]
                        });
            } finally {
                peers.forEach(Peer::close);
            }
        }

        private void publish(Performer performer, long clipsBegin)
                throws IOException, InterruptedException, ExecutionException, TimeoutException, Malformed {
            String name = performer.card().name();
            await(room.join(name, name, new RoomListener() {}));
            Peer peer = Peer.open(
                    network,
                    PeerOptions.of(name, performer.seconds())
                            .withClock(Duration.ZERO, performer.skewPpm())
                            .withClipStart(clipsBegin)
                            .withMedia(MediaOptions.DEFAULT.withLogs(false)));
            peers.add(peer);
            Clip clip = performer.clip();
            peer.answered(await(room.publish(name, peer.offer(clip), Map.of())));
            await(peer.publishing());
        }

        private void pass() throws IOException, InterruptedException {
            long steps = length.dividedBy(STEP);
            long from = System.nanoTime();
            int part = 0;
            for (long step = 1; step <= steps; step++) {
                room.requestKeyFrames();
                network.advance(STEP);
                spool.check();
                if (step == (part + 1) * steps / PARTS) {
                    heap[part] = Memory.heapMegabytes();
                    resident[part] = Memory.residentMegabytes();
                    progress.accept(String.format(
                            "%d of %d minutes after %d s: %.1f MB of heap in use, %.0f MB resident.",
                            step * STEP.toSeconds() / 60,
                            length.toMinutes(),
                            (System.nanoTime() - from) / 1_000_000_000,
                            heap[part],
                            resident[part]));
                    part++;
                }
            }
        }

        private static <T> T await(CompletableFuture<T> future)
                throws InterruptedException, ExecutionException, TimeoutException {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void joined(String person, String name) {}

        @Override
        public void deserted() {}

        @Override
        public void dropped() {
            dropped.incrementAndGet();
        }

        @Override
        public void losing(boolean losing) {}

        @Override
        public String reason() {
            return "the disk is too slow for stepped time";
        }
    }
}
