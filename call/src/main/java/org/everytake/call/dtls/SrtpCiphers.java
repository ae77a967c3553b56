package org.everytake.call.dtls;

import java.security.GeneralSecurityException;
import org.jitsi.srtp.crypto.Aes;

/**
 * Chooses the JDK's ciphers, which equal OpenSSL's here, and warms them up. Without that the first context runs a
 * comparison of providers on the calling thread, hundreds of milliseconds in which packets are lost.
 */
public final class SrtpCiphers {
    private static final int WARM_UP_PACKETS = 2_000;
    private static final int PAYLOAD_BYTES = 1_000;

    private SrtpCiphers() {}

    static void useTheJdks() {
        Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
    }

    /** Protects and unprotects packets with each profile, until the code is compiled. */
    public static void warmUp() {
        useTheJdks();
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] key = new byte[profile.keyBytes()];
            byte[] salt = new byte[profile.saltBytes()];
            var keys = new SrtpKeys(profile, key, salt, key, salt);
            try (var session = new SrtpSession(keys, 1, 1)) {
                exercise(session);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK cannot do " + profile, e);
            }
        }
    }

    private static void exercise(SrtpSession session) throws GeneralSecurityException {
        byte[] packet = new byte[PAYLOAD_BYTES + SrtpSession.OVERHEAD_BYTES];
        for (int i = 0; i < WARM_UP_PACKETS; i++) {
            java.util.Arrays.fill(packet, (byte) 0);
            packet[0] = (byte) 0x80;
            packet[2] = (byte) (i >>> 8);
            packet[3] = (byte) i;
            int length = session.protect(packet, 0, PAYLOAD_BYTES);
            if (session.unprotect(packet, 0, length) != PAYLOAD_BYTES) {
                throw new GeneralSecurityException("what was protected cannot be unprotected");
            }
        }
    }
}
