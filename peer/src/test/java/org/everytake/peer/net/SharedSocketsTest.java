package org.everytake.peer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.EventLoop;
import org.everytake.peer.Await;
import org.junit.jupiter.api.Test;

class SharedSocketsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Sends a datagram at each tick to the next one, and may fail at every second that it gets. */
    private static final class Side implements EventLoop.Handler {
        final AtomicInteger heard = new AtomicInteger();
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        final Line line;
        private volatile TransportAddress to =
                TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
        private final boolean fails;
        volatile boolean closed;

        Side(Line line, boolean fails) {
            this.line = line;
            this.fails = fails;
        }

        @Override
        public void tick(long nowNanos) {
            threads.add(Thread.currentThread());
            line.send(new byte[] {1, 2, 3}, 0, 3, to);
        }

        @Override
        public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
            assertThat(length).isEqualTo(3);
            if (heard.incrementAndGet() % 2 == 0 && fails) {
                throw new IllegalStateException("meant to fail");
            }
        }

        @Override
        public void closing() {
            closed = true;
        }
    }

    @Test
    void manyLinesShareFewThreadsAndOneThatFailsDisturbsNobody() throws Exception {
        List<Side> sides = new ArrayList<>();
        try (var sockets = new SharedSockets(InetAddress.getLoopbackAddress(), 2, InstantSource.system())) {
            for (int i = 0; i < 20; i++) {
                sides.add(new Side(sockets.line("side-" + i), i == 3));
            }
            for (int i = 0; i < sides.size(); i++) {
                Side side = sides.get(i);
                side.to = TransportAddress.udp(
                        sides.get((i + 1) % sides.size()).line.localAddress());
                side.line.start(side);
            }
            Await.until("all hear", PATIENCE, () -> sides.stream().allMatch(side -> side.heard.get() > 20));
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            sides.forEach(side -> threads.addAll(side.threads));
            assertThat(threads).hasSize(2);
            assertThat(sockets.punctuality().ticks()).isGreaterThan(400);

            Side leaver = sides.getFirst();
            leaver.line.close();
            leaver.line.close();
            assertThat(leaver.closed).isTrue();
            int heard = sides.get(5).heard.get();
            Await.until("the others go on", PATIENCE, () -> sides.get(5).heard.get() > heard + 20);
        }
        assertThat(sides).allMatch(side -> side.closed);
        assertThatThrownBy(() -> sides.get(1).line.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
