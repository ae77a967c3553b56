package org.everytake.call.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.everytake.wire.sdp.Fingerprint;
import org.junit.jupiter.api.Test;

class DtlsSessionTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final DtlsIdentity clientIdentity = DtlsIdentity.create(RANDOM, Instant.EPOCH);
    private final DtlsIdentity serverIdentity = DtlsIdentity.create(RANDOM, Instant.EPOCH);

    private static final class Heard implements DtlsSession.Listener {
        final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
        final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void established(SrtpKeys agreed) {
            keys.complete(agreed);
        }

        @Override
        public void failed(String reason) {
            keys.completeExceptionally(new IllegalStateException(reason));
            end.complete(reason);
        }

        @Override
        public void ended(String reason) {
            end.complete(reason);
        }
    }

    private record Pair(DtlsSession client, Heard clientHeard, DtlsSession server, Heard serverHeard) {}

    /** Two sessions on a network that loses the datagrams of the given numbers. */
    private Pair connect(Fingerprint clientExpects, Fingerprint serverExpects, IntPredicate lost) {
        var client = new CompletableFuture<DtlsSession>();
        var server = new CompletableFuture<DtlsSession>();
        var count = new AtomicInteger();
        var clientHeard = new Heard();
        var serverHeard = new Heard();
        server.complete(DtlsSession.start(
                DtlsRole.SERVER,
                DtlsSession.Pool.of(serverIdentity, 1),
                List.of(serverExpects),
                datagram -> {
                    if (!lost.test(count.getAndIncrement())) {
                        client.join().received(datagram, 0, datagram.length);
                    }
                },
                serverHeard));
        client.complete(DtlsSession.start(
                DtlsRole.CLIENT,
                DtlsSession.Pool.of(clientIdentity, 1),
                List.of(clientExpects),
                datagram -> {
                    if (!lost.test(count.getAndIncrement())) {
                        server.join().received(datagram, 0, datagram.length);
                    }
                },
                clientHeard));
        return new Pair(client.join(), clientHeard, server.join(), serverHeard);
    }

    private Pair connect(IntPredicate lost) {
        return connect(serverIdentity.fingerprint(), clientIdentity.fingerprint(), lost);
    }

    @Test
    void bothSidesGetEachOthersKeys() throws Exception {
        Pair pair = connect(n -> false);
        SrtpKeys client = pair.clientHeard().keys.get(60, TimeUnit.SECONDS);
        SrtpKeys server = pair.serverHeard().keys.get(60, TimeUnit.SECONDS);
        assertThat(client.profile()).isEqualTo(SrtpProfile.AEAD_AES_256_GCM).isEqualTo(server.profile());
        assertThat(client.localKey()).hasSize(32).isEqualTo(server.remoteKey());
        assertThat(client.remoteKey()).isEqualTo(server.localKey());
        assertThat(client.localSalt()).hasSize(12).isEqualTo(server.remoteSalt());
        assertThat(client.remoteSalt()).isEqualTo(server.localSalt());
        assertThat(client.toString()).doesNotContain("[B");
    }

    @Test
    void aHandshakeSurvivesLoss() throws Exception {
        Pair pair = connect(n -> n % 3 == 1 && n < 12);
        assertThat(pair.clientHeard().keys.get(60, TimeUnit.SECONDS).localKey())
                .isEqualTo(pair.serverHeard().keys.get(60, TimeUnit.SECONDS).remoteKey());
    }

    @Test
    void everyHandshakeSurvivesTheLossOfEachTenthDatagram() throws Exception {
        var pairs = new ArrayList<Pair>();
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            pairs.add(connect(n -> {
                synchronized (random) {
                    return random.nextInt(10) == 0;
                }
            }));
        }
        for (Pair pair : pairs) {
            assertThat(pair.clientHeard().keys.get(60, TimeUnit.SECONDS).localKey())
                    .isEqualTo(pair.serverHeard().keys.get(60, TimeUnit.SECONDS).remoteKey());
        }
    }

    @Test
    void goodbyeIsHeard() throws Exception {
        Pair pair = connect(n -> false);
        pair.clientHeard().keys.get(60, TimeUnit.SECONDS);
        pair.serverHeard().keys.get(60, TimeUnit.SECONDS);
        pair.client().close();
        assertThat(pair.serverHeard().end.get(60, TimeUnit.SECONDS)).isEqualTo("closed by the peer");
        assertThat(pair.clientHeard().end.get(60, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void anotherCertificateThanInTheSdpIsRefusedByTheServer() throws Exception {
        Pair pair = connect(serverIdentity.fingerprint(), serverIdentity.fingerprint(), n -> false);
        assertThat(pair.serverHeard().end.get(60, TimeUnit.SECONDS)).contains("bad_certificate");
        assertThat(pair.serverHeard().keys).isCompletedExceptionally();
    }

    @Test
    void anotherCertificateThanInTheSdpIsRefusedByTheClient() throws Exception {
        Pair pair = connect(clientIdentity.fingerprint(), clientIdentity.fingerprint(), n -> false);
        assertThat(pair.clientHeard().end.get(60, TimeUnit.SECONDS)).contains("bad_certificate");
    }

    @Test
    void rubbishEndsNothing() throws Exception {
        var heard = new Heard();
        var session = DtlsSession.start(
                DtlsRole.SERVER,
                DtlsSession.Pool.of(serverIdentity, 1),
                List.of(clientIdentity.fingerprint()),
                datagram -> {},
                heard);
        byte[] rubbish = new byte[100];
        for (int i = 0; i < 50; i++) {
            RANDOM.nextBytes(rubbish);
            rubbish[0] = 22;
            session.received(rubbish, 0, rubbish.length);
        }
        assertThat(heard.keys).isNotDone();
        session.close();
        assertThat(heard.end.get(60, TimeUnit.SECONDS)).isNotNull();
    }
}
