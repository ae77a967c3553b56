package org.everytake.peer.transport;

import java.util.random.RandomGenerator;

/** Random words of the characters that ICE allows. */
final class Words {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Words() {}

    static String random(RandomGenerator random, int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return word.toString();
    }
}
