package org.everytake.call.dtls;

import java.lang.reflect.Field;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.CipherFactory;
import org.jitsi.srtp.crypto.HmacSha1;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the JDK's ciphers, which equal OpenSSL's here, and warms them up. Without that the first context runs a
 * comparison of providers on the calling thread, hundreds of milliseconds in which packets are lost.
 */
public final class SrtpCiphers {
    private static final Logger log = LoggerFactory.getLogger(SrtpCiphers.class);
    private static final int WARM_UP_PACKETS = 600;
    private static final int PAYLOAD_BYTES = 1_000;

    private SrtpCiphers() {}

    static void useTheJdks() {
        Aes.setFactoryClassName(Aes.SunJCECipherFactory.class.getName());
        try {
            // The name alone has the library make every provider before it takes the named one, and Bouncy Castle's
            // computes all its curves on the way: a fifth of a start.
            set(Aes.class, "factories", new CipherFactory[] {new Aes.SunJCECipherFactory()});
            set(Aes.class, "factoryClass", Aes.SunJCECipherFactory.class);
            set(HmacSha1.class, "providers", List.of(Security.getProvider("SunJCE")));
        } catch (ReflectiveOperationException e) {
            log.debug("The library of SRTP is made otherwise than it was; it starts more slowly", e);
        }
    }

    private static void set(Class<?> owner, String name, Object value) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        field.set(null, value);
    }

    /** Loads all that the first context needs. */
    public static void load() {
        exerciseAll(1);
    }

    /** Protects and unprotects packets with each profile, so that the code is compiled or on its way to it: some 100 ms. */
    public static void warmUp() {
        exerciseAll(WARM_UP_PACKETS);
    }

    private static void exerciseAll(int packets) {
        useTheJdks();
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] key = new byte[profile.keyBytes()];
            byte[] salt = new byte[profile.saltBytes()];
            var keys = new SrtpKeys(profile, key, salt, key, salt);
            try (var session = new SrtpSession(keys, 1, 1)) {
                exercise(session, packets);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK cannot do " + profile, e);
            }
        }
    }

    private static void exercise(SrtpSession session, int packets) throws GeneralSecurityException {
        byte[] packet = new byte[PAYLOAD_BYTES + SrtpSession.OVERHEAD_BYTES];
        for (int i = 0; i < packets; i++) {
            Arrays.fill(packet, (byte) 0);
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
