package org.everytake.call.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
    private static final int LENGTH = 200;

    private static SrtpSession session(SrtpProfile profile, boolean client, int sources) {
        byte[] material = new byte[SrtpKeys.materialBytes(profile)];
        new Random(7).nextBytes(material);
        return new SrtpSession(SrtpKeys.split(profile, material, client), sources, sources);
    }

    private static byte[] packet(int sequence, int ssrc) {
        byte[] packet = new byte[LENGTH + SrtpSession.OVERHEAD_BYTES];
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        packet[2] = (byte) (sequence >>> 8);
        packet[3] = (byte) sequence;
        packet[11] = (byte) ssrc;
        for (int i = 12; i < LENGTH; i++) {
            packet[i] = (byte) (i + sequence);
        }
        return packet;
    }

    private record Protected(byte[] bytes, int length) {}

    private static Protected protect(SrtpSession session, int sequence, int ssrc) throws GeneralSecurityException {
        byte[] packet = packet(sequence, ssrc);
        return new Protected(packet, session.protect(packet, 0, LENGTH));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsProtectedComesOutAgain(SrtpProfile profile) throws Exception {
        try (var client = session(profile, true, 4);
                var server = session(profile, false, 4)) {
            for (int i = 65_400; i < 65_700; i++) {
                Protected sent = protect(client, i & 0xFFFF, 1);
                assertThat(sent.length()).isGreaterThan(LENGTH);
                assertThat(server.unprotect(sent.bytes(), 0, sent.length())).isEqualTo(LENGTH);
                assertThat(Arrays.copyOf(sent.bytes(), LENGTH)).isEqualTo(Arrays.copyOf(packet(i & 0xFFFF, 1), LENGTH));
            }
        }
    }

    @Test
    void theLibrarysLoggerRemembersNoContext() {
        SilentLogger logger = new SilentLogger();
        assertThat(logger.createChildLogger("context")).isSameAs(logger);
        assertThat(logger.createChildLogger("context", Map.of("ssrc", "1"))).isSameAs(logger);
        assertThat(logger.isWarnEnabled()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void controlPacketsComeOutAgain(SrtpProfile profile) throws Exception {
        try (var client = session(profile, true, 4);
                var server = session(profile, false, 4)) {
            byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 9};
            byte[] buffer = Arrays.copyOf(report, 100);
            int length = client.protectControl(buffer, 0, report.length);
            assertThat(server.unprotectControl(buffer.clone(), 0, length)).isEqualTo(report.length);
            assertThat(server.unprotectControl(buffer, 0, length)).isEqualTo(SrtpSession.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRetransmissionThatComesLateIsTakenOnce(SrtpProfile profile) throws Exception {
        try (var client = session(profile, true, 4);
                var server = session(profile, false, 4)) {
            var packets = new ArrayList<Protected>();
            for (int i = 0; i < 1_500; i++) {
                packets.add(protect(client, (65_000 + i) & 0xFFFF, 1));
            }
            for (int i = 0; i < packets.size(); i++) {
                if (i != 300) {
                    Protected packet = packets.get(i);
                    assertThat(server.unprotect(packet.bytes().clone(), 0, packet.length()))
                            .isEqualTo(LENGTH);
                }
            }
            Protected late = protect(client, 65_300, 1);
            assertThat(late.bytes())
                    .as("the same cipher text")
                    .isEqualTo(packets.get(300).bytes());
            assertThat(server.unprotect(late.bytes().clone(), 0, late.length())).isEqualTo(LENGTH);
            assertThat(server.unprotect(late.bytes(), 0, late.length())).isEqualTo(SrtpSession.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgeriesTakeNoPlace(SrtpProfile profile) throws Exception {
        try (var client = session(profile, true, 9);
                var server = session(profile, false, 1)) {
            byte[] forged = packet(1, 7);
            assertThat(server.unprotect(forged, 0, LENGTH)).isEqualTo(SrtpSession.UNAUTHENTIC);
            Protected honest = protect(client, 1, 1);
            assertThat(server.unprotect(honest.bytes(), 0, honest.length())).isEqualTo(LENGTH);
            protect(client, 2, 1);
            Protected again = protect(client, 1, 1);
            assertThat(server.unprotect(again.bytes(), 0, again.length())).isEqualTo(SrtpSession.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSourceThatWasSilentLongestMakesRoom(SrtpProfile profile) throws Exception {
        try (var client = session(profile, true, 9);
                var server = session(profile, false, 2)) {
            for (int ssrc : new int[] {1, 2, 3}) {
                Protected sent = protect(client, 20, ssrc);
                assertThat(server.unprotect(sent.bytes(), 0, sent.length())).isEqualTo(LENGTH);
            }
            protect(client, 21, 1);
            protect(client, 21, 2);
            Protected known = protect(client, 20, 2);
            assertThat(server.unprotect(known.bytes(), 0, known.length())).isEqualTo(SrtpSession.REPLAYED);
            Protected forgotten = protect(client, 20, 1);
            assertThat(server.unprotect(forgotten.bytes(), 0, forgotten.length()))
                    .isEqualTo(LENGTH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingLeavesUnprotected(SrtpProfile profile) throws Exception {
        try (var client = session(profile, true, 2)) {
            Protected first = protect(client, 5, 1);
            byte[] same = packet(5, 1);
            try {
                assertThat(client.protect(same, 0, LENGTH)).isEqualTo(first.length());
                assertThat(same).isEqualTo(first.bytes());
            } catch (GeneralSecurityException e) {
                assertThat(profile)
                        .as("the JDK's GCM uses no nonce twice in a row")
                        .isNotEqualTo(SrtpProfile.AES128_CM_SHA1_80);
            }
        }
    }

    @Test
    void aSourceThatWeSendIsNeverForgotten() throws Exception {
        try (var client = session(SrtpProfile.AEAD_AES_256_GCM, true, 2)) {
            protect(client, 1, 1);
            protect(client, 1, 2);
            assertThatThrownBy(() -> protect(client, 1, 3)).isInstanceOf(GeneralSecurityException.class);
            client.forgetSent(1);
            assertThat(protect(client, 1, 3).length()).isGreaterThan(LENGTH);
        }
    }

    @Test
    void rubbishIsNotAuthentic() {
        var random = new Random(3);
        try (var server = session(SrtpProfile.AEAD_AES_256_GCM, false, 4)) {
            for (int i = 0; i < 5_000; i++) {
                byte[] rubbish = new byte[random.nextInt(12, 120)];
                random.nextBytes(rubbish);
                assertThat(server.unprotect(rubbish, 0, rubbish.length)).isNegative();
                assertThat(server.unprotectControl(rubbish, 0, rubbish.length)).isNegative();
            }
            assertThat(server.unprotect(new byte[11], 0, 11)).isEqualTo(SrtpSession.TOO_SHORT);
        }
    }

    @Test
    void theReplayWindowWraps() {
        var window = new ReplayWindow();
        assertThat(window.accept(65_535)).isTrue();
        assertThat(window.accept(1)).isTrue();
        assertThat(window.accept(0)).isTrue();
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(65_534)).isTrue();
        assertThat(window.accept(65_535)).isFalse();
        assertThat(window.accept(10_000)).isTrue();
        assertThat(window.accept(1)).as("too old to know").isFalse();
        assertThat(window.accept(9_000)).isTrue();
    }
}
