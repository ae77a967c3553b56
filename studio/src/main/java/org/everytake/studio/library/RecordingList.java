package org.everytake.studio.library;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.people.Caller;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The recordings that somebody may see, in pages. Any thread; may block. */
final class RecordingList {
    private static final List<Listing.Order> ORDERS =
            List.of(Listing.Order.NEWEST, Listing.Order.OLDEST, Listing.Order.TITLE, Listing.Order.LONGEST);

    private final Jdbi jdbi;

    RecordingList(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param session only of that one, if it is given
     * @param state only those in that one, if it is given
     * @throws Refused {@code malformed-request}
     */
    Page page(Caller caller, Page.Asked asked, @Nullable UUID session, @Nullable String state) {
        Listing.Order order = order(asked.sort().orElse("newest"));
        checkOrder(asked.after(), order.word());
        if (asked.isVain()) {
            return new Page(List.of(), null);
        }
        Listing listing = Listing.of(Listing.What.RECORDINGS, order, caller).after(asked.after());
        asked.words().ifPresent(listing::words);
        if (state != null) {
            listing.state(state(state));
        }
        if (session != null) {
            listing.ofSession(session);
        }
        return Page.of(listing.find(jdbi, asked.limit() + 1), asked.limit(), order.word());
    }

    static void checkOrder(Optional<Cursor> after, String order) {
        if (after.filter(place -> !place.order().equals(order)).isPresent()) {
            throw Cursor.none();
        }
    }

    private static Listing.Order order(String asked) {
        return ORDERS.stream()
                .filter(order -> order.word().equals(asked))
                .findFirst()
                .orElseThrow(
                        () -> new Refused(ErrorId.MALFORMED_REQUEST, "\"sort\" is newest, oldest, title or longest."));
    }

    private static RecordingState state(String asked) {
        return Arrays.stream(RecordingState.values())
                .filter(state -> state.word().equals(asked))
                .findFirst()
                .orElseThrow(() -> new Refused(ErrorId.MALFORMED_REQUEST, "There is no state \"" + asked + "\"."));
    }
}
