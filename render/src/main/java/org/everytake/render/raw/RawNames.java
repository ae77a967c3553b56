package org.everytake.render.raw;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.everytake.tape.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The names of the files in an archive: {@code agent-audio.mjr} and {@code user-video.mjr} where two people talk, and
 * {@code 03-anna-screen.mjr} where more or fewer do. Lower-case ASCII without anything that a file system might take for
 * something else, each once. One thread.
 */
final class RawNames {
    private static final List<String> ROLES = List.of("agent", "user");
    private static final int MOST_CHARACTERS = 40;

    private final Map<String, String> prefixes = new HashMap<>();
    private final Map<String, String> roles = new HashMap<>();
    private final Map<String, Integer> used = new HashMap<>();

    /** @param people id to name, in the order in which they came; the first is the host */
    RawNames(Map<String, String> people) {
        List<String> ids = new ArrayList<>(people.keySet());
        for (int i = 0; i < ids.size(); i++) {
            String person = ids.get(i);
            if (ids.size() == ROLES.size()) {
                roles.put(person, ROLES.get(i));
                prefixes.put(person, ROLES.get(i));
            } else {
                String name = safe(people.getOrDefault(person, ""), "person");
                prefixes.put(person, String.format(Locale.ROOT, "%02d-%s", i + 1, name));
            }
        }
    }

    /** What somebody is in a call of two, or null. */
    @Nullable
    String role(String person) {
        return roles.get(person);
    }

    /** A name for the next file of somebody's. */
    String next(String person, Kind kind) {
        String word = switch (kind) {
            case MICROPHONE -> "audio";
            case CAMERA -> "video";
            case SCREEN -> "screen";
            case MEDIA -> "media";
        };
        String name = prefixes.getOrDefault(person, safe(person, "person")) + "-" + word;
        int count = used.merge(name, 1, Integer::sum);
        return name + (count == 1 ? "" : "-" + count) + ".mjr";
    }

    /** Letters, digits and single dashes of a text; something else where that leaves nothing. */
    static String safe(String text, String otherwise) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(plain.length(), MOST_CHARACTERS));
        String trimmed = cut.replaceAll("^-|-$", "");
        return trimmed.isEmpty() ? otherwise : trimmed;
    }
}
