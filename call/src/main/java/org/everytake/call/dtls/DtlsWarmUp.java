package org.everytake.call.dtls;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A handshake with ourselves, so that the first person does not wait until its classes are loaded. */
public final class DtlsWarmUp {
    private static final int LONGEST_SECONDS = 20;

    private DtlsWarmUp() {}

    /**
     * @throws IllegalStateException if it fails: then no other would succeed
     */
    public static void run(DtlsSession.Pool pool) {
        var client = new Side();
        var server = new Side();
        var fingerprint = List.of(pool.identity().fingerprint());
        server.session.complete(
                DtlsSession.start(DtlsRole.SERVER, pool, fingerprint, datagram -> client.take(datagram), server));
        client.session.complete(
                DtlsSession.start(DtlsRole.CLIENT, pool, fingerprint, datagram -> server.take(datagram), client));
        try {
            client.keys.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            server.keys.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("DTLS does not work on this machine", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.session.join().close();
            server.session.join().close();
        }
    }

    private static final class Side implements DtlsSession.Listener {
        final CompletableFuture<DtlsSession> session = new CompletableFuture<>();
        final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();

        void take(byte[] datagram) {
            session.join().received(datagram, 0, datagram.length);
        }

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
            session.join().close();
        }
    }
}
