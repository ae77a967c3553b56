package org.everytake.call;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.everytake.call.dtls.DtlsIdentity;
import org.everytake.call.dtls.DtlsSession;
import org.everytake.call.dtls.DtlsWarmUp;
import org.everytake.call.dtls.SrtpCiphers;
import org.everytake.call.net.EventLoop;
import org.everytake.call.net.SocketPort;
import org.everytake.call.room.Switchboard;
import org.everytake.call.transport.TransportOptions;
import org.everytake.call.transport.Transports;

/** Live sessions behind one UDP port. Thread-safe. */
public final class CallServer implements AutoCloseable {
    /** Each takes some 10 ms of a processor. */
    private static final int HANDSHAKES_AT_A_TIME = 4;

    /** Memory of the kernel for what has arrived and was not taken yet, which holds it while the program pauses. */
    public record ReceiveBuffer(int bytes, int wantedBytes) {}

    private final InetSocketAddress localAddress;
    private final ReceiveBuffer receiveBuffer;
    private final CallCounters counters;
    private final Switchboard switchboard;
    private final EventLoop loop;
    private final DtlsSession.Pool pool;

    private CallServer(
            CallOptions options,
            DatagramPort port,
            LongSupplier nanoClock,
            SecureRandom random,
            DtlsSession.Pool pool) {
        this.localAddress = port.localAddress();
        this.pool = pool;
        int wanted = options.socketBufferBytes();
        this.receiveBuffer =
                new ReceiveBuffer(port instanceof SocketPort socket ? socket.receiveBufferBytes() : wanted, wanted);
        this.counters = new CallCounters();
        var transportOptions = new TransportOptions(
                Advertised.candidates(options, localAddress),
                options.pathTimeout().toNanos());
        this.loop = new EventLoop("call-loop", port, nanoClock, counters);
        this.switchboard = new Switchboard(
                options, loop, eventLoop -> new Transports(port, eventLoop, counters, pool, transportOptions, random));
        loop.start(switchboard);
    }

    /**
     * Binds the port. Whoever has a moment afterwards calls {@link #warmUp}.
     *
     * @throws IOException if the address cannot be bound
     */
    public static CallServer open(CallOptions options) throws IOException {
        LongSupplier nanoClock = System::nanoTime;
        var random = new SecureRandom();
        DtlsSession.Pool pool = pool(random, InstantSource.system());
        DatagramPort port = SocketPort.bind(options.bind(), options.socketBufferBytes(), nanoClock);
        SrtpCiphers.load();
        return new CallServer(options, port, nanoClock, random, pool);
    }

    /**
     * On a port of the caller's, such as a network in memory.
     *
     * @param nanoClock for all that is timed in the call; the port waits by the same
     * @param clock for the certificate's dates
     */
    public static CallServer open(CallOptions options, DatagramPort port, LongSupplier nanoClock, InstantSource clock) {
        var random = new SecureRandom();
        SrtpCiphers.load();
        return new CallServer(options, port, nanoClock, random, pool(random, clock));
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

    /** The room of that session, made if there is none. */
    public Room room(String session) {
        return switchboard.room(session);
    }

    public InetSocketAddress localAddress() {
        return localAddress;
    }

    public ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    public CallCounters counters() {
        return counters;
    }

    /** Closes all rooms, tells their sinks, and waits until the loop has ended. */
    @Override
    public void close() {
        loop.close();
    }
}
