package org.everytake.studio.library;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Text as it is searched and sorted: small letters without accents, in words. PostgreSQL has no such folding without
 * extensions, so it is done here, when something is written and when something is looked for.
 */
final class Words {
    /** What a search may have; more would only make it slower. */
    private static final int MOST = 8;

    private Words() {}

    /** Small letters without accents: what sorts and compares. */
    static String fold(String text) {
        var folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
                    // an accent, or nothing that is seen
                }
                default -> folded.append(letter(c));
            }
        });
        return folded.toString();
    }

    /** By way of the capital letter, so that all the small forms of one meet; and letters that no accent makes. */
    private static String letter(int codePoint) {
        return switch (codePoint) {
            case 'ø', 'Ø' -> "o";
            case 'ł', 'Ł' -> "l";
            case 'đ', 'Đ', 'ð', 'Ð' -> "d";
            case 'ı' -> "i";
            case 'æ', 'Æ' -> "ae";
            case 'œ', 'Œ' -> "oe";
            case 'þ', 'Þ' -> "th";
            case 'ß', 'ẞ' -> "ss";
            default -> Character.toString(Character.toLowerCase(Character.toUpperCase(codePoint)));
        };
    }

    /** The words, each once. In scripts that put no spaces between words each character is one. */
    static Set<String> of(String... texts) {
        Set<String> words = new LinkedHashSet<>();
        for (String text : texts) {
            var word = new StringBuilder();
            fold(text).codePoints().forEach(c -> {
                boolean alone = Character.isIdeographic(c);
                if (alone || !Character.isLetterOrDigit(c)) {
                    end(word, words);
                }
                if (Character.isLetterOrDigit(c)) {
                    word.appendCodePoint(c);
                }
                if (alone) {
                    end(word, words);
                }
            });
            end(word, words);
        }
        return words;
    }

    private static void end(StringBuilder word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** As {@code array_to_tsvector} wants them. */
    static String[] array(String... texts) {
        return of(texts).toArray(String[]::new);
    }

    /**
     * A {@code tsquery} for what has every word of this at the beginning of one of its own; empty if there is no word in
     * it. Words are letters and digits, so nothing in them can be taken for an operator.
     */
    static String query(String asked) {
        return Arrays.stream(array(asked))
                .limit(MOST)
                .map(word -> "'" + word + "':*")
                .collect(Collectors.joining(" & "));
    }
}
