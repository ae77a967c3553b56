package org.everytake.studio.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The place in a list after which the next page begins, as opaque text. It names what was last, not how many came before,
 * so that what is added or deleted meanwhile moves nothing.
 *
 * @param order of which list it is a place
 * @param key by what the order sorts, as text; empty where it sorts by id alone
 * @param from what else the order goes by, or empty
 */
record Cursor(String order, String key, UUID id, String from) {
    String text() {
        try {
            byte[] json = Json.mapper().writeValueAsBytes(new String[] {order, key, id.toString(), from});
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    /** @throws Refused if it is none that was given */
    static Optional<Cursor> of(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
            String[] parts = Json.mapper().readValue(json, String[].class);
            if (parts.length == 4 && parts[0] != null && parts[1] != null && parts[2] != null && parts[3] != null) {
                return Optional.of(
                        new Cursor(parts[0], parts[1], PathId.parse(parts[2]).orElseThrow(Cursor::none), parts[3]));
            }
        } catch (java.io.IOException | IllegalArgumentException e) {
            throw none();
        }
        throw none();
    }

    static Refused none() {
        return new Refused(
                ErrorId.MALFORMED_REQUEST, "\"after\" is not the \"next\" of an earlier page of the same list.");
    }
}
