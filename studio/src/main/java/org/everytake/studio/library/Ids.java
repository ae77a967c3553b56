package org.everytake.studio.library;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Makes ids. Any thread may use it. */
public final class Ids {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final SecureRandom random;
    private final InstantSource clock;

    public Ids(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /** The secret of a session's link: 128 random bits in base32 (RFC 4648, lower case), 26 characters. */
    public String invitation() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        var text = new StringBuilder(26);
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            bits = bits << 8 | (b & 0xff);
            held += 8;
            while (held >= 5) {
                held -= 5;
                text.append(ALPHABET.charAt(bits >> held & 31));
            }
            bits &= (1 << held) - 1;
        }
        return text.append(ALPHABET.charAt(bits << (5 - held) & 31)).toString();
    }

    /** A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random, so they sort by time. */
    public UUID next() {
        long millis = clock.millis() & 0xffff_ffff_ffffL;
        long high = millis << 16 | 0x7000 | (random.nextInt() & 0xfff);
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
