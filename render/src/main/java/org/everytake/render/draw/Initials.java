package org.everytake.render.draw;

import java.text.BreakIterator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The one or two letters that stand for a name: two only in scripts that have capitals, whose letters stand alone. */
final class Initials {
    private Initials() {}

    static String of(String name) {
        List<String> words = Arrays.stream(name.strip().split("[\\s\\p{Z}]+"))
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
        if (words.isEmpty()) {
            return firstLetter(name.strip());
        }
        String first = firstLetter(words.getFirst());
        boolean two = words.size() > 1
                && Character.isUpperCase(first.toUpperCase(Locale.ROOT).codePointAt(0));
        return (two ? first + firstLetter(words.getLast()) : first).toUpperCase(Locale.ROOT);
    }

    /** What a reader takes for one character, marks and joined emoji included. */
    private static String firstLetter(String word) {
        int letter =
                word.codePoints().filter(Character::isLetterOrDigit).findFirst().orElse(-1);
        String from = letter < 0 ? word : word.substring(word.indexOf(Character.toString(letter)));
        if (from.isEmpty()) {
            return "?";
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(from);
        return from.substring(0, characters.next());
    }
}
