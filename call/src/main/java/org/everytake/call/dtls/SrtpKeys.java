package org.everytake.call.dtls;

import java.util.Arrays;

/**
 * What a handshake brings: the master keys and salts of both directions, as RFC 5764, section 4.2 lays them out in the
 * exported material. The arrays are not copied and not to be changed.
 *
 * <pre>
 * +------------+------------+-------------+-------------+
 * | client key | server key | client salt | server salt |
 * +------------+------------+-------------+-------------+
 * </pre>
 */
public record SrtpKeys(SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
    /** RFC 5764, section 4.2. */
    static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

    static int materialBytes(SrtpProfile profile) {
        return 2 * (profile.keyBytes() + profile.saltBytes());
    }

    static SrtpKeys split(SrtpProfile profile, byte[] material, boolean client) {
        int key = profile.keyBytes();
        int salt = profile.saltBytes();
        byte[] clientKey = Arrays.copyOfRange(material, 0, key);
        byte[] serverKey = Arrays.copyOfRange(material, key, 2 * key);
        byte[] clientSalt = Arrays.copyOfRange(material, 2 * key, 2 * key + salt);
        byte[] serverSalt = Arrays.copyOfRange(material, 2 * key + salt, 2 * key + 2 * salt);
        return client
                ? new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt)
                : new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt);
    }

    /** Keeps the keys out of logs. */
    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
