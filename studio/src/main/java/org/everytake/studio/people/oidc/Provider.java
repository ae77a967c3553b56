package org.everytake.studio.people.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.everytake.studio.config.Settings;
import org.everytake.studio.people.oidc.OidcTrouble.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A provider of OpenID Connect, asked by the authorization code flow with PKCE. What it says of itself and its keys is
 * asked for at each sign-in, so that what it changes holds at once. Any thread.
 */
public final class Provider {
    private static final String SCOPES = "openid email profile";

    private final Settings.Oidc settings;
    private final URI returnTo;
    private final IdTokens tokens;
    private final OidcHttp http = new OidcHttp();

    /** @param returnTo our address to which it sends browsers back */
    public Provider(Settings.Oidc settings, URI returnTo, InstantSource clock) {
        this.settings = settings;
        this.returnTo = returnTo;
        this.tokens = new IdTokens(settings.issuer().toString(), settings.clientId(), clock);
    }

    public String label() {
        return settings.label();
    }

    /** Where the browser goes to sign in. */
    public URI begin(Handshake handshake) throws OidcTrouble {
        URI endpoint = endpoint(metadata(), "authorization_endpoint");
        String query = form(Map.of(
                "response_type", "code",
                "client_id", settings.clientId(),
                "redirect_uri", returnTo.toString(),
                "scope", SCOPES,
                "state", handshake.state(),
                "nonce", handshake.nonce(),
                "code_challenge", handshake.challenge(),
                "code_challenge_method", "S256"));
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + query);
    }

    /**
     * Who came back.
     *
     * @param query of the request: {@code code} and {@code state}, or {@code error}
     * @param handshake of the cookie; empty if the browser has none, or no longer
     */
    public Identity end(Map<String, String> query, Optional<Handshake> handshake) throws OidcTrouble {
        String state = query.get("state");
        if (handshake.isEmpty() || !handshake.get().state().equals(state)) {
            throw new OidcTrouble(Problem.STALE, "the browser has not begun this, or too long ago");
        }
        // RFC 9207: by whom we are answered.
        String issuer = query.get("iss");
        if (issuer != null && !issuer.equals(settings.issuer().toString())) {
            throw new OidcTrouble(Problem.INVALID, "another provider answered");
        }
        String code = query.get("code");
        if (code == null) {
            throw new OidcTrouble(Problem.REFUSED, "the provider answered with an error");
        }
        JsonNode metadata = metadata();
        JsonNode given = redeem(metadata, code, handshake.get());
        String token = given.path("id_token").asText();
        Identity identity =
                tokens.believe(token, keys(metadata), handshake.get().nonce());
        String access = given.path("access_token").asText();
        return identity.complete() || access.isEmpty() || !metadata.has("userinfo_endpoint")
                ? identity
                : identity.with(http.get(endpoint(metadata, "userinfo_endpoint"), access));
    }

    /** Why nobody could sign in with it now; empty if all is well with what it says of itself. */
    public Optional<OidcTrouble> trouble() {
        try {
            JsonNode metadata = metadata();
            endpoint(metadata, "authorization_endpoint");
            endpoint(metadata, "token_endpoint");
            keys(metadata);
            return Optional.empty();
        } catch (OidcTrouble trouble) {
            return Optional.of(trouble);
        }
    }

    private JsonNode metadata() throws OidcTrouble {
        String issuer = settings.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode metadata = http.get(URI.create(base + "/.well-known/openid-configuration"));
        if (!metadata.path("issuer").asText().equals(issuer)) {
            throw new OidcTrouble(Problem.INVALID, "the provider calls itself otherwise than oidc-issuer");
        }
        return metadata;
    }

    private JsonNode redeem(JsonNode metadata, String code, Handshake handshake) throws OidcTrouble {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", returnTo.toString(),
                "code_verifier", handshake.verifier(),
                "client_id", settings.clientId()));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint(metadata, "token_endpoint"));
        String secret = settings.clientSecret().orElse(null);
        if (secret != null && takesOnly(metadata, "client_secret_post")) {
            form.put("client_secret", secret);
        } else if (secret != null) {
            form.remove("client_id");
            request.header("Authorization", basic(secret));
        }
        OidcHttp.Answer answer = http.send(request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(form))));
        if (answer.status() / 100 == 5) {
            throw new OidcTrouble(Problem.AWAY, "the code was answered with " + answer.status());
        }
        String token = answer.json().path("id_token").asText();
        if (answer.status() != 200 || token.isEmpty()) {
            throw new OidcTrouble(
                    Problem.INVALID,
                    "the code was answered with " + answer.status() + ": "
                            + answer.json().path("error").asText());
        }
        return answer.json();
    }

    private JWKSet keys(JsonNode metadata) throws OidcTrouble {
        try {
            return JWKSet.parse(http.get(endpoint(metadata, "jwks_uri")).toString());
        } catch (ParseException e) {
            throw new OidcTrouble(Problem.INVALID, "the provider's keys cannot be read", e);
        }
    }

    /** RFC 6749, section 2.3.1. */
    private String basic(String secret) {
        String pair = encoded(settings.clientId()) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean takesOnly(JsonNode metadata, String method) {
        JsonNode methods = metadata.path("token_endpoint_auth_methods_supported");
        boolean basic = methods.isMissingNode();
        boolean there = false;
        for (JsonNode one : methods) {
            basic |= one.asText().equals("client_secret_basic");
            there |= one.asText().equals(method);
        }
        return there && !basic;
    }

    /** By TLS, unless the provider itself is without it, which only one on this machine may be. */
    private URI endpoint(JsonNode metadata, String name) throws OidcTrouble {
        try {
            URI uri = URI.create(metadata.path(name).asText());
            boolean plain = "http".equals(uri.getScheme())
                    && "http".equals(settings.issuer().getScheme());
            if (uri.getHost() != null && (plain || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new OidcTrouble(Problem.INVALID, "the provider's " + name + " is no address", e);
        }
        throw new OidcTrouble(Problem.INVALID, "the provider has no " + name + " that can be used");
    }

    private static String form(Map<String, @Nullable String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(String.valueOf(field.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
