package org.everytake.studio.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.everytake.studio.http.Json;
import org.jspecify.annotations.Nullable;

/**
 * A small provider of OpenID Connect on this machine, which does what one must: discovery, keys, the authorization code
 * flow with PKCE, codes that work once, and ID tokens signed with RSA. Whoever comes is signed in as {@link #claims}.
 */
final class SmallProvider implements AutoCloseable {
    static final String CLIENT = "everytake";
    static final String SECRET = "a secret: of \"both\" & ours";

    private final HttpServer server;
    private final InstantSource clock;
    private final RSAKey key;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    /** What the ID token says of who signs in. */
    volatile Consumer<JWTClaimsSet.Builder> claims = token -> {};

    /** With which the token is signed; the provider tells another as its own if this is not it. */
    volatile RSAKey signing;

    /** What it says of them when it is asked with the access token; null if it cannot be asked. */
    volatile @Nullable String userInfo;

    volatile boolean broken;

    /** What it says instead of its description of itself. */
    volatile @Nullable String nonsense;

    SmallProvider(InstantSource clock) throws IOException, JOSEException {
        this.clock = clock;
        key = newKey();
        signing = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::metadata);
        server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key).toString(true)));
        server.createContext("/token", this::token);
        server.createContext("/userinfo", this::userInfo);
        server.start();
    }

    static RSAKey newKey() throws JOSEException {
        return new RSAKeyGenerator(2048).keyID("one").generate();
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void metadata(HttpExchange exchange) throws IOException {
        ObjectNode metadata = Json.mapper()
                .createObjectNode()
                .put("issuer", issuer().toString())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys");
        if (userInfo != null) {
            metadata.put("userinfo_endpoint", issuer() + "/userinfo");
        }
        String said = nonsense;
        answer(exchange, broken ? 503 : 200, said == null ? metadata.toString() : said);
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        boolean known = "Bearer access".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        answer(exchange, known ? 200 : 401, known ? String.valueOf(userInfo) : "{}");
    }

    /** What a browser does there: somebody signs in, and is sent back to the address that this returns. */
    URI signIn(URI authorize) {
        Map<String, String> asked = fields(authorize.getRawQuery());
        if (!authorize.getPath().equals("/authorize")
                || !"code".equals(asked.get("response_type"))
                || !CLIENT.equals(asked.get("client_id"))
                || !"S256".equals(asked.get("code_challenge_method"))
                || !String.valueOf(asked.get("scope")).contains("openid")) {
            throw new IllegalArgumentException("no request of OpenID Connect: " + authorize);
        }
        String code = "code" + codes.size();
        codes.put(code, asked);
        return URI.create(asked.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(String.valueOf(asked.get("state")), StandardCharsets.UTF_8));
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> given =
                fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(String.valueOf(given.get("code")));
        String pair = URLEncoder.encode(CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        if (asked == null
                || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !Objects.equals(asked.get("redirect_uri"), given.get("redirect_uri"))
                || !Objects.equals(asked.get("code_challenge"), sha256(String.valueOf(given.get("code_verifier"))))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        ObjectNode tokens = Json.mapper()
                .createObjectNode()
                .put("access_token", "access")
                .put("token_type", "Bearer")
                .put("id_token", idToken(String.valueOf(asked.get("nonce"))));
        answer(exchange, 200, tokens.toString());
    }

    private String idToken(String nonce) {
        var builder = new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .audience(CLIENT)
                .subject("subject-1")
                .claim("nonce", nonce)
                .claim("name", "Ben from there")
                .claim("email", "Ben@example.org")
                .claim("email_verified", true)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
        claims.accept(builder);
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), builder.build());
        try {
            token.sign(new RSASSASigner(signing));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String field : form.split("&", -1)) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], URLDecoder.decode(pair.length == 2 ? pair[1] : "", StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
