package org.everytake.studio.people.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.everytake.studio.http.Json;
import org.everytake.studio.people.oidc.OidcTrouble.Problem;

/** Asks the provider; what it says is limited in time and size, and it sends us nowhere else. Any thread. */
final class OidcHttp {
    private static final int LIMIT_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param status of the answer; only of a good one is the JSON looked at */
    record Answer(int status, JsonNode json) {}

    JsonNode get(URI address) throws OidcTrouble {
        return get(HttpRequest.newBuilder(address));
    }

    /** With the token that lets us ask (RFC 6750). */
    JsonNode get(URI address, String token) throws OidcTrouble {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        try {
            return get(request.header("Authorization", "Bearer " + token));
        } catch (IllegalArgumentException e) {
            throw new OidcTrouble(Problem.INVALID, "the access token is none", e);
        }
    }

    private JsonNode get(HttpRequest.Builder request) throws OidcTrouble {
        Answer answer = send(request.GET());
        if (answer.status() != 200) {
            throw new OidcTrouble(Problem.AWAY, request.build().uri() + " was answered with " + answer.status());
        }
        return answer.json();
    }

    Answer send(HttpRequest.Builder request) throws OidcTrouble {
        HttpRequest whole =
                request.timeout(PATIENCE).header("Accept", "application/json").build();
        try {
            HttpResponse<InputStream> answer = client.send(whole, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LIMIT_BYTES);
                return new Answer(
                        answer.statusCode(),
                        answer.statusCode() / 100 == 5
                                ? Json.mapper().createObjectNode()
                                : Json.mapper().readTree(new ByteArrayInputStream(bytes)));
            }
        } catch (JsonProcessingException e) {
            throw new OidcTrouble(Problem.AWAY, whole.uri() + " was answered with what is no JSON", e);
        } catch (IOException e) {
            throw new OidcTrouble(Problem.AWAY, whole.uri() + " did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OidcTrouble(Problem.AWAY, "interrupted", e);
        }
    }
}
