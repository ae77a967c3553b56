package org.everytake.studio.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.everytake.studio.contract.OpenApi;
import org.everytake.studio.contract.OpenApi.Operation;
import org.everytake.studio.http.Served;
import org.everytake.studio.people.Access;

/** What docs/openapi.yaml says of the routes that are served. */
final class Described {
    private static final String PREFIX = "/api/v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Described() {}

    /** The example of a body, or one of its required fields. */
    static String body(Served route) {
        JsonNode body = of(route).node().at("/requestBody/content/application~1json");
        if (body.has("example")) {
            return body.path("example").toString();
        }
        ObjectNode made = JSON.createObjectNode();
        body.at("/schema/required")
                .forEach(field -> made.put(field.asText(), UUID.randomUUID().toString()));
        return body.isMissingNode() ? "" : made.toString();
    }

    static boolean byTokenAlone(Served route) {
        return of(route).node().path("security").toString().equals("[{\"token\":[]}]");
    }

    static Operation of(Served route) {
        String path = route.path().substring(PREFIX.length());
        return OpenApi.read().operations().stream()
                .filter(one -> one.method().equals(route.method()) && one.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(route.method() + " " + path + " is not in docs/openapi.yaml"));
    }

    /** What the document says of who gets in. */
    static String words(Access access) {
        String who = access.operatorOnly()
                ? "operator"
                : String.valueOf(access.least()).toLowerCase(java.util.Locale.ROOT);
        if (access.least() == null) {
            return "anybody";
        }
        return access.scope() == null
                ? who + " in person"
                : access.operatorOnly() ? who : who + " " + access.scope().word();
    }
}
