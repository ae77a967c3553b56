package org.everytake.render.draw;

import java.text.BreakIterator;
import java.util.Locale;

/** The one or two letters that stand for a name. */
final class Initials {
    private Initials() {}

    static String of(String name) {
        String[] words = name.strip().split("[\\s\\p{Z}]+");
        String first = firstLetter(words[0]);
        String last = words.length > 1 ? firstLetter(words[words.length - 1]) : "";
        return (first + last).toUpperCase(Locale.ROOT);
    }

    /** What a reader takes for one character, marks and joined emoji included. */
    private static String firstLetter(String word) {
        int letter = word.codePoints()
                .filter(Character::isLetterOrDigit)
                .findFirst()
                .orElse(-1);
        String from = letter < 0 ? word : word.substring(word.indexOf(Character.toString(letter)));
        if (from.isEmpty()) {
            return "?";
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(from);
        return from.substring(0, characters.next());
    }
}
