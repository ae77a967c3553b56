package org.everytake.studio.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.people.Email;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a session that is set up or changed; what is not given stays as it was.
 *
 * @param startsAt JSON's null means whenever
 * @param timeZone JSON's null means none
 * @param cameraHeight 720 or 360 lines
 */
record SessionInput(
        @Nullable String title,
        @Nullable JsonNode startsAt,
        @Nullable JsonNode timeZone,
        @Nullable String mode,
        @Nullable Integer cameraHeight,
        @Nullable List<@Nullable String> coHosts,
        @Nullable List<@Nullable String> invited) {
    /** How many can be co-hosts or invited, together. */
    static final int MOST_PEOPLE = 200;

    private static final int STANDARD_CAMERA_HEIGHT = 720;
    private static final Set<Integer> CAMERA_HEIGHTS = Set.of(STANDARD_CAMERA_HEIGHT, 360);
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** @throws Refused {@code malformed-request} */
    SessionStore.Settings settings() {
        return new SessionStore.Settings(
                Title.check(title),
                time(startsAt),
                zone(timeZone),
                mode == null ? SessionMode.VIDEO : mode(mode),
                cameraHeight == null ? STANDARD_CAMERA_HEIGHT : cameraHeight(cameraHeight));
    }

    /** The settings of a session, changed as far as this says. */
    SessionStore.Settings settings(Session now) {
        return new SessionStore.Settings(
                title == null ? now.title() : Title.check(title),
                startsAt == null ? now.startsAt() : time(startsAt),
                timeZone == null ? now.timeZone() : zone(timeZone),
                mode == null ? now.mode() : mode(mode),
                cameraHeight == null ? now.cameraHeight() : cameraHeight(cameraHeight));
    }

    boolean namesPeople() {
        return coHosts != null || invited != null;
    }

    /**
     * The people of the session: the host always, and each in the greatest of the roles in which they are named.
     *
     * @param now who they are now, in the order of their roles
     */
    Map<String, SessionRole> people(List<SessionPerson> now) {
        Map<String, SessionRole> people = new LinkedHashMap<>();
        keep(people, now, SessionRole.HOST);
        name(people, coHosts, now, SessionRole.CO_HOST);
        name(people, invited, now, SessionRole.INVITED);
        if (people.values().stream().filter(role -> role != SessionRole.HOST).count() > MOST_PEOPLE) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST, "At most " + MOST_PEOPLE + " people can be invited to a session.");
        }
        return people;
    }

    private static void name(
            Map<String, SessionRole> people,
            @Nullable List<@Nullable String> given,
            List<SessionPerson> now,
            SessionRole role) {
        if (given == null) {
            keep(people, now, role);
        } else {
            given.forEach(address -> people.putIfAbsent(Email.check(address), role));
        }
    }

    private static void keep(Map<String, SessionRole> people, List<SessionPerson> now, SessionRole role) {
        now.stream()
                .filter(person -> person.role() == role)
                .forEach(person -> people.putIfAbsent(person.email(), role));
    }

    private static @Nullable Instant time(@Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return null;
        }
        Instant time;
        try {
            time = OffsetDateTime.parse(given.isTextual() ? given.textValue() : "")
                    .toInstant();
        } catch (DateTimeException e) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST, "\"startsAt\" is a time such as 2027-01-31T09:30:00Z, or null.");
        }
        if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "\"startsAt\" lies between 1970 and 2200.");
        }
        return time;
    }

    private static @Nullable String zone(@Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return null;
        }
        if (!given.isTextual() || !ZoneId.getAvailableZoneIds().contains(given.textValue())) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST, "\"timeZone\" is the name of one, such as Europe/Amsterdam, or null.");
        }
        return given.textValue();
    }

    private static SessionMode mode(String given) {
        try {
            return SessionMode.of(given);
        } catch (IllegalArgumentException e) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "\"mode\" is video, audio-show-video or audio-no-video.");
        }
    }

    private static int cameraHeight(int given) {
        if (!CAMERA_HEIGHTS.contains(given)) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "\"cameraHeight\" is 720 or 360.");
        }
        return given;
    }
}
