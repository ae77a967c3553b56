package org.everytake.studio.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.people.Caller;
import org.jdbi.v3.core.Jdbi;

/** The sessions that somebody has to do with, in pages. Any thread; may block. */
final class SessionList {
    /** What began so lately is still what comes next. */
    private static final Duration JUST_BEGUN = Duration.ofHours(1);

    private static final int MOST_LIVE = 100;
    private static final String NEXT = "next";

    private final Jdbi jdbi;
    private final LivePeople people;
    private final InstantSource clock;

    SessionList(Jdbi jdbi, LivePeople people, InstantSource clock) {
        this.jdbi = jdbi;
        this.people = people;
        this.clock = clock;
    }

    /** @throws Refused {@code malformed-request} */
    Page page(Caller caller, Page.Asked asked) {
        String sort = asked.sort().orElse(NEXT);
        return switch (sort) {
            case NEXT -> next(caller, asked);
            case "newest" -> page(caller, asked, Listing.Order.NEWEST);
            case "oldest" -> page(caller, asked, Listing.Order.OLDEST);
            case "title" -> page(caller, asked, Listing.Order.TITLE);
            default -> throw new Refused(ErrorId.MALFORMED_REQUEST, "\"sort\" is next, newest, oldest or title.");
        };
    }

    private Page page(Caller caller, Page.Asked asked, Listing.Order order) {
        RecordingList.checkOrder(asked.after(), order.word());
        return asked.isVain()
                ? new Page(List.of(), null)
                : Page.of(
                        listing(caller, asked, order).after(asked.after()).find(jdbi, asked.limit() + 1),
                        asked.limit(),
                        order.word());
    }

    private static Listing listing(Caller caller, Page.Asked asked, Listing.Order order) {
        Listing listing = Listing.of(Listing.What.SESSIONS, order, caller);
        asked.words().ifPresent(listing::words);
        return listing;
    }

    /** What runs now, then what comes, the soonest first, then what is past, the latest first. */
    private Page next(Caller caller, Page.Asked asked) {
        if (asked.isVain()) {
            return new Page(List.of(), null);
        }
        Optional<Cursor> after = asked.after();
        Instant from =
                after.map(SessionList::from).orElseGet(() -> clock.instant().minus(JUST_BEGUN));
        UUID[] live = live(caller, asked);
        List<Place> found = new ArrayList<>();
        for (UUID id : live) {
            if (after.isEmpty()
                    || (after.get().order().equals(Phase.LIVE.word)
                            && isOlder(id, after.get().id()))) {
                found.add(new Place(Phase.LIVE, new Listing.Found(id, "")));
            }
        }
        int wanted = asked.limit() + 1;
        for (Phase phase : List.of(Phase.TO_COME, Phase.PAST)) {
            Optional<Cursor> within = after.filter(place -> place.order().equals(phase.word));
            boolean isOver = after.filter(place -> Phase.of(place.order()).ordinal() > phase.ordinal())
                    .isPresent();
            if (!isOver && found.size() < wanted) {
                listing(caller, asked, phase == Phase.PAST ? Listing.Order.LATEST : Listing.Order.SOONEST)
                        .where(
                                phase == Phase.PAST ? "happens_at < :from" : "happens_at >= :from",
                                "from",
                                Sql.time(from))
                        .where("id <> all(:live)", "live", live)
                        .after(within)
                        .find(jdbi, wanted - found.size())
                        .forEach(one -> found.add(new Place(phase, one)));
            }
        }
        List<Place> page = found.subList(0, Math.min(asked.limit(), found.size()));
        return new Page(
                page.stream().map(place -> place.found().id()).toList(),
                found.size() > asked.limit() ? page.getLast().cursor(from) : null);
    }

    /** Those of somebody's sessions in whose rooms somebody is, the newest first. */
    private UUID[] live(Caller caller, Page.Asked asked) {
        UUID[] live = people.sessions().toArray(UUID[]::new);
        return live.length == 0
                ? live
                : listing(caller, asked, Listing.Order.NEWEST).among(live).find(jdbi, MOST_LIVE).stream()
                        .map(Listing.Found::id)
                        .toArray(UUID[]::new);
    }

    private static boolean isOlder(UUID id, UUID other) {
        return id.toString().compareTo(other.toString()) < 0;
    }

    private static Instant from(Cursor place) {
        Phase.of(place.order());
        try {
            return Instant.parse(place.from());
        } catch (DateTimeParseException e) {
            throw Cursor.none();
        }
    }

    private enum Phase {
        LIVE("live"),
        TO_COME("to-come"),
        PAST("past");

        final String word;

        Phase(String word) {
            this.word = word;
        }

        static Phase of(String word) {
            for (Phase phase : values()) {
                if (phase.word.equals(word)) {
                    return phase;
                }
            }
            throw Cursor.none();
        }
    }

    /** One of a page, and of which part of the list it is. */
    private record Place(Phase phase, Listing.Found found) {
        String cursor(Instant from) {
            return new Cursor(phase.word, found.key(), found.id(), from.toString()).text();
        }
    }
}
