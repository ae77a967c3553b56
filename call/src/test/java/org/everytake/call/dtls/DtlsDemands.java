package org.everytake.call.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.everytake.call.Datagrams;

/** What is demanded of the server's side of a handshake whatever comes: that it ends as one that failed. */
public final class DtlsDemands {
    private static final DtlsIdentity CLIENT = DtlsIdentity.create(new SecureRandom(), Instant.EPOCH);
    private static final DtlsIdentity SERVER = DtlsIdentity.create(new SecureRandom(), Instant.EPOCH);

    private DtlsDemands() {}

    /** What a client sends: all of it, and its first flight alone, once and twice. */
    public static List<byte[]> seeds() {
        List<byte[]> sent = sentByAClient();
        return List.of(
                Datagrams.join(sent),
                Datagrams.join(sent.subList(0, 1)),
                Datagrams.join(List.of(sent.getFirst(), sent.getFirst())));
    }

    private static List<byte[]> sentByAClient() {
        List<byte[]> sent = Collections.synchronizedList(new ArrayList<>());
        var client = new CompletableFuture<DtlsSession>();
        var server = new CompletableFuture<DtlsSession>();
        var done = new CompletableFuture<SrtpKeys>();
        server.complete(DtlsSession.start(
                DtlsRole.SERVER,
                DtlsSession.Pool.of(SERVER, 1),
                List.of(CLIENT.fingerprint()),
                datagram -> client.join().received(datagram, 0, datagram.length),
                listener(new CompletableFuture<>())));
        client.complete(DtlsSession.start(
                DtlsRole.CLIENT,
                DtlsSession.Pool.of(CLIENT, 1),
                List.of(SERVER.fingerprint()),
                datagram -> {
                    sent.add(datagram);
                    server.join().received(datagram, 0, datagram.length);
                },
                listener(done)));
        done.orTimeout(60, TimeUnit.SECONDS).join();
        client.join().close();
        server.join().close();
        return List.copyOf(sent);
    }

    private static DtlsSession.Listener listener(CompletableFuture<SrtpKeys> keys) {
        return new DtlsSession.Listener() {
            @Override
            public void established(SrtpKeys agreed) {
                keys.complete(agreed);
            }

            @Override
            public void failed(String reason) {
                keys.completeExceptionally(new IllegalStateException(reason));
            }

            @Override
            public void ended(String reason) {
                // Nobody asks.
            }
        };
    }

    /**
     * Datagrams, as {@link Datagrams} has them, to a server that then hears no more. It never completes, since the client's
     * random numbers are of another handshake; taken is what it answers.
     */
    public static boolean handshake(byte[] input) {
        Script script = new Script(Datagrams.of(input).iterator());
        try {
            new DTLSServerProtocol()
                    .accept(new SrtpTlsServer(new SrtpAgreement(SERVER, List.of(CLIENT.fingerprint()))), script);
        } catch (IOException | RuntimeException refused) {
            // As DtlsSession takes it: the library throws unchecked exceptions at odd input, too.
            return script.answers > 0;
        }
        throw new AssertionError("a handshake that nobody made");
    }

    /** Gives what was written before, as {@link QueueTransport} would, and counts what comes back. */
    private static final class Script implements DatagramTransport {
        private final Iterator<byte[]> datagrams;
        private final CipherChangeGate gate = new CipherChangeGate(DtlsRole.SERVER);
        private int answers;

        Script(Iterator<byte[]> datagrams) {
            this.datagrams = datagrams;
        }

        @Override
        public int getReceiveLimit() {
            return 2_048;
        }

        @Override
        public int getSendLimit() {
            return 1_200;
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            if (!datagrams.hasNext()) {
                throw new IOException("nothing more comes");
            }
            byte[] datagram = datagrams.next();
            int count = Math.min(length, gate.passing(datagram));
            System.arraycopy(datagram, 0, buffer, offset, count);
            return count == 0 ? -1 : count;
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            answers++;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
