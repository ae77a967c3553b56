package org.everytake.studio.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.everytake.studio.library.TakeFacts;

/**
 * Who was there and what was taken, as the library keeps it.
 *
 * @param people id to name, in the order in which they came
 * @param endNanos stamp of the recording's end
 */
record TapeFacts(Map<String, String> people, List<TakeFacts> takes, long endNanos) {
    private static final String MICROPHONE = "microphone";

    TapeFacts {
        people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
        takes = List.copyOf(takes);
    }

    /** Those of whom something was taken, in the order in which they came. */
    List<String> taken() {
        return people.keySet().stream()
                .filter(person -> takes.stream().anyMatch(take -> take.person().equals(person)))
                .toList();
    }

    /** Those who sent sound, in the order in which they came. */
    List<String> heard() {
        return people.keySet().stream()
                .filter(person -> takes.stream()
                        .anyMatch(take ->
                                take.person().equals(person) && take.kind().equals(MICROPHONE) && take.packets() > 0))
                .toList();
    }

    long endMillis() {
        return Math.max(0, endNanos / 1_000_000);
    }
}
