package org.everytake.studio.library;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param ids in the list's order
 * @param next where the next one begins, null if this is the last
 */
record Page(List<UUID> ids, @Nullable String next) {
    private static final int USUAL = 50;
    private static final int MOST = 100;

    /** What is asked of any list. */
    record Asked(Optional<String> sort, Optional<String> words, Optional<Cursor> after, int limit) {
        /** @throws Refused {@code malformed-request} */
        static Asked of(Context context) {
            Optional<String> words = Optional.ofNullable(context.queryParam("q"))
                    .filter(asked -> !asked.isBlank())
                    .map(Words::query);
            return new Asked(
                    Optional.ofNullable(context.queryParam("sort")),
                    words,
                    Cursor.of(context.queryParam("after")),
                    limit(context.queryParam("limit")));
        }

        /** Whether nothing can be found: what is looked for has no words in it. */
        boolean isVain() {
            return words.filter(String::isEmpty).isPresent();
        }

        private static int limit(@Nullable String asked) {
            if (asked == null) {
                return USUAL;
            }
            if (!asked.matches("[1-9][0-9]?|" + MOST)) {
                throw new Refused(ErrorId.MALFORMED_REQUEST, "\"limit\" is a number from 1 to " + MOST + ".");
            }
            return Integer.parseInt(asked);
        }
    }

    /** The first of those found, of which one more than a page was asked for. */
    static Page of(List<Listing.Found> found, int limit, String order) {
        List<Listing.Found> page = found.subList(0, Math.min(limit, found.size()));
        Listing.@Nullable Found last = found.size() > limit ? page.getLast() : null;
        return new Page(
                page.stream().map(Listing.Found::id).toList(),
                last == null ? null : new Cursor(order, last.key(), last.id(), "").text());
    }
}
