package org.everytake.studio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.everytake.studio.contract.OpenApi.Operation;
import org.everytake.studio.http.ErrorId;
import org.jspecify.annotations.Nullable;

/** Holds each answer to docs/openapi.yaml. */
public final class Contract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApi API = OpenApi.read();

    private Contract() {}

    /**
     * Throws where the document does not describe what was answered.
     *
     * @param target after {@code /api/v1}, the query with it
     * @param type the answer's {@code Content-Type}, or null
     */
    public static void check(
            String method, String target, @Nullable String request, int status, @Nullable String type, byte[] body)
            throws IOException {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        Operation operation = API.find(method, path).orElse(null);
        if (operation == null) {
            require(status == 404 || status == 405 || status == 421, method + " " + path + " is not described");
            problem(Set.of(ErrorId.NOT_FOUND.word()), status, type, method, body);
            return;
        }
        String what = operation.call() + " answered " + status;
        JsonNode described = operation.node().path("responses").path(String.valueOf(status));
        if (status >= 400) {
            problem(operation.errors(), status, type, what, body);
            return;
        }
        require(!described.isMissingNode(), what + ", which is not described");
        JsonNode content = API.resolve(described).path("content");
        if (content.isMissingNode()) {
            require(body.length == 0, what + " with a body");
        } else if (content.has("application/json")) {
            require(type != null && type.startsWith("application/json"), what + " as " + type);
            fits(content.path("application/json").path("schema"), JSON.readTree(body), what);
        }
        if (request != null && !request.isEmpty()) {
            JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
            require(!schema.isMissingNode(), operation.call() + " took a body, which is not described");
            fits(schema, JSON.readTree(request), operation.call() + " took a body");
        }
    }

    private static void problem(Set<String> ids, int status, @Nullable String type, String what, byte[] body)
            throws IOException {
        if (body.length == 0 && what.startsWith("HEAD")) {
            return;
        }
        require(type != null && type.startsWith("application/problem+json"), what + " as " + type);
        JsonNode problem = JSON.readTree(body);
        fits(API.document().at("/components/schemas/Problem"), problem, what);
        String id = problem.path("id").asText();
        require(ids.contains(id) || API.commonErrors().contains(id), what + " with " + id + ", which is not described");
        require(problem.path("status").asInt() == status, what + " but says " + problem.path("status"));
        ErrorId known = Arrays.stream(ErrorId.values())
                .filter(error -> error.word().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        require(known.status() == status, what + " but " + id + " is " + known.status());
    }

    private static void fits(JsonNode schema, JsonNode value, String what) {
        var misfits = API.misfits(schema, value);
        require(misfits.isEmpty(), what + ": " + misfits + " in " + value);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError("docs/openapi.yaml: " + otherwise);
        }
    }
}
