package org.everytake.call;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.everytake.call.dtls.DtlsIdentity;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.call.dtls.DtlsWarmUp;
import org.everytake.call.dtls.SrtpCiphers;
import org.everytake.call.net.EventLoop;
import org.everytake.call.net.SocketPort;
import org.everytake.call.room.Exchange;
import org.everytake.call.room.Switchboard;
import org.everytake.call.transport.TransportOptions;
import org.everytake.call.transport.Transports;

/** Live sessions, on event loops of which each has a port, a thread, and the rooms that were assigned to it. Thread-safe. */
public final class CallServer implements AutoCloseable {
    /** Each takes some 10 ms of a processor. */
    private static final int HANDSHAKES_AT_A_TIME = 4;

    /** To find a port that is free. */
    private static final int MOST_ATTEMPTS = 20;

    /**
     * Memory of the kernel for what has arrived and was not taken yet, which holds it while the program pauses.
     *
     * @param bytes of one port, the smallest
     */
    public record ReceiveBuffer(int bytes, int wantedBytes) {}

    private final List<InetSocketAddress> localAddresses;
    private final ReceiveBuffer receiveBuffer;
    private final CallCounters counters;
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<Switchboard> switchboards = new ArrayList<>();
    private final Exchange exchange;
    private final DtlsSession.Pool pool;

    private CallServer(
            CallOptions options,
            List<? extends DatagramPort> ports,
            CallCounters counters,
            LongSupplier nanoClock,
            SecureRandom random,
            DtlsSession.Pool pool) {
        this.counters = counters;
        this.localAddresses = ports.stream().map(DatagramPort::localAddress).toList();
        this.receiveBuffer = receiveBuffer(ports, options.ports().socketBufferBytes());
        this.pool = pool;
        var trackNumbers = new AtomicLong();
        for (int i = 0; i < ports.size(); i++) {
            DatagramPort port = ports.get(i);
            var transportOptions = new TransportOptions(
                    Advertised.candidates(options.ports(), i, port),
                    options.pathTimeout().toNanos());
            var loop = new EventLoop("call-loop-" + i, port, nanoClock, counters);
            loops.add(loop);
            switchboards.add(new Switchboard(
                    options,
                    loop,
                    trackNumbers::incrementAndGet,
                    its -> new Transports(port, its, counters, pool, transportOptions, random)));
        }
        this.exchange = new Exchange(switchboards);
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).start(switchboards.get(i));
        }
    }

    private static ReceiveBuffer receiveBuffer(List<? extends DatagramPort> ports, int wanted) {
        int smallest = ports.stream()
                .mapToInt(port -> port instanceof SocketPort socket ? socket.receiveBufferBytes() : wanted)
                .min()
                .orElse(wanted);
        return new ReceiveBuffer(smallest, wanted);
    }

    /**
     * Binds the ports. Whoever has a moment afterwards calls {@link #warmUp}.
     *
     * @throws IOException if an address cannot be bound
     */
    public static CallServer open(CallOptions options) throws IOException {
        LongSupplier nanoClock = System::nanoTime;
        var random = new SecureRandom();
        DtlsSession.Pool pool = pool(random, InstantSource.system());
        var counters = new CallCounters();
        List<SocketPort> ports = bind(options.ports(), counters, nanoClock);
        SrtpCiphers.load();
        return new CallServer(options, ports, counters, nanoClock, random, pool);
    }

    private static List<SocketPort> bind(CallPorts wanted, CallCounters counters, LongSupplier nanoClock)
            throws IOException {
        List<SocketPort> ports = new ArrayList<>();
        try {
            for (int i = 0; i < wanted.loops(); i++) {
                ports.add(bind(wanted, i, counters, nanoClock));
            }
            return ports;
        } catch (IOException | RuntimeException e) {
            ports.forEach(SocketPort::close);
            throw e;
        }
    }

    private static SocketPort bind(CallPorts wanted, int loop, CallCounters counters, LongSupplier nanoClock)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            SocketPort port =
                    SocketPort.bind(wanted.bind(loop), wanted.socketBufferBytes(), wanted.batches(), nanoClock);
            if (!wanted.tcp()) {
                return port;
            }
            try {
                port.listen(counters);
                return port;
            } catch (IOException e) {
                port.close();
                // A free port of UDP may be taken in TCP.
                if (wanted.first().getPort() != 0 || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #open(CallOptions, List, LongSupplier, InstantSource)}, with one loop. */
    public static CallServer open(CallOptions options, DatagramPort port, LongSupplier nanoClock, InstantSource clock) {
        return open(options, List.of(port), nanoClock, clock);
    }

    /**
     * On ports of the caller's, such as those of a network in memory, a loop for each.
     *
     * @param nanoClock for all that is timed in the call; the ports wait by the same
     * @param clock for the certificate's dates
     */
    public static CallServer open(
            CallOptions options, List<? extends DatagramPort> ports, LongSupplier nanoClock, InstantSource clock) {
        var random = new SecureRandom();
        SrtpCiphers.load();
        return new CallServer(options, ports, new CallCounters(), nanoClock, random, pool(random, clock));
    }

    private static DtlsSession.Pool pool(SecureRandom random, InstantSource clock) {
        return DtlsSession.Pool.of(DtlsIdentity.create(random, clock.instant()), HANDSHAKES_AT_A_TIME);
    }

    /**
     * Has a handshake with itself, so that the first person waits for no class to be loaded, and has the ciphers compiled
     * before the first packets come. Not needed, and takes a moment: for a thread of its own.
     *
     * @throws IllegalStateException if no handshake comes about: then nobody's would
     */
    public void warmUp() {
        DtlsWarmUp.run(pool);
        SrtpCiphers.warmUp();
    }

    /** The room of that session. If there is none, it is made, on the loop where the fewest people are. */
    public Room room(String session) {
        return exchange.room(session);
    }

    /** As {@link #room}, but if there is none it is made on the loop of another session's room, such as a breakout is. */
    public Room roomBeside(String session, String other) {
        return exchange.roomBeside(session, other);
    }

    /** That of the first loop. */
    public InetSocketAddress localAddress() {
        return localAddresses.getFirst();
    }

    /** Those of all loops. */
    public List<InetSocketAddress> localAddresses() {
        return localAddresses;
    }

    public ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    /** Whether any loop lately waited for a processor: whatever can wait had better. */
    public boolean isStrained() {
        return loops.stream().anyMatch(EventLoop::isStrained);
    }

    /** How long packets that are forwarded are inside, over all loops. */
    public ForwardingDelay.Measured forwardingDelay() {
        return switchboards.stream()
                .map(switchboard -> switchboard.delay().measured())
                .reduce(ForwardingDelay.Measured.NOTHING, ForwardingDelay.Measured::and);
    }

    /** Of all loops together. */
    public CallCounters counters() {
        return counters;
    }

    /** Closes all rooms, tells their sinks, and waits until the loops have ended. */
    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
