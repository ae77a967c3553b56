package org.everytake.call.transport;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** User name fragment and password of one side of an ICE session (RFC 8445, section 5.3). */
public record IceCredentials(String ufrag, String password) {
    private static final String ICE_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int UFRAG_LENGTH = 12;
    private static final int PASSWORD_LENGTH = 24;

    /** The fragment finds the connection among all of the port, so it is longer than RFC 8445 asks. */
    public static IceCredentials random(SecureRandom random) {
        return new IceCredentials(text(random, UFRAG_LENGTH), text(random, PASSWORD_LENGTH));
    }

    byte[] key() {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(SecureRandom random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARACTERS.charAt(random.nextInt(ICE_CHARACTERS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
