package org.everytake.call.dtls;

import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtpPolicy;
import org.jspecify.annotations.Nullable;

/** SRTP protection profiles (RFC 5764, RFC 7714), best first. GCM costs less than half of counter mode with SHA-1. */
public enum SrtpProfile {
    AEAD_AES_256_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_256_GCM, 32, 12, 16),
    AEAD_AES_128_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, 16, 12, 16),
    AES128_CM_SHA1_80(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80, 16, 14, 10);

    private static final int SHA1_KEY_BYTES = 20;

    private final int number;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int number, int keyBytes, int saltBytes, int tagBytes) {
        this.number = number;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** As in the {@code use_srtp} extension. */
    int number() {
        return number;
    }

    int keyBytes() {
        return keyBytes;
    }

    int saltBytes() {
        return saltBytes;
    }

    int tagBytes() {
        return tagBytes;
    }

    static int[] numbers() {
        int[] numbers = new int[values().length];
        for (SrtpProfile profile : values()) {
            numbers[profile.ordinal()] = profile.number;
        }
        return numbers;
    }

    /** Our first choice among what is offered; null if there is none. */
    static @Nullable SrtpProfile best(int[] offered) {
        for (SrtpProfile profile : values()) {
            for (int number : offered) {
                if (number == profile.number) {
                    return profile;
                }
            }
        }
        return null;
    }

    /**
     * Replay is not checked here, because the library's window of 64 packets would refuse what comes late by
     * retransmission: {@link ReplayWindow} does it.
     */
    SrtpPolicy rtpPolicy() {
        var policy = policy();
        policy.setReceiveReplayEnabled(false);
        // A retransmission is the same packet under the same number, so the cipher text is the same, too.
        policy.setSendReplayEnabled(false);
        return policy;
    }

    SrtpPolicy rtcpPolicy() {
        return policy();
    }

    private SrtpPolicy policy() {
        return this == AES128_CM_SHA1_80
                ? new SrtpPolicy(
                        SrtpPolicy.AESCM_ENCRYPTION,
                        keyBytes,
                        SrtpPolicy.HMACSHA1_AUTHENTICATION,
                        SHA1_KEY_BYTES,
                        tagBytes,
                        saltBytes)
                : new SrtpPolicy(
                        SrtpPolicy.AESGCM_ENCRYPTION, keyBytes, SrtpPolicy.NULL_AUTHENTICATION, 0, tagBytes, saltBytes);
    }
}
