package org.everytake.studio.idempotency;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.everytake.studio.http.AlreadyAnswered;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.RequestBody;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.ShownOnce;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.people.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Answers a POST that a known caller sends again with the same {@code Idempotency-Key} as it was answered the first time
 * (draft-ietf-httpapi-idempotency-key-header). Comes after the gate. Any thread.
 *
 * <p>What is not kept: answers of 500 and above and 429, after which the same request may be tried again; those that sign
 * a browser in or out; and the text of those with a secret that is shown once.
 */
public final class IdempotencyKeys implements Routes {
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");
    private static final String ATTRIBUTE = "everytake.idempotency";
    private static final String ALL = "/api/v1/*";

    private final KeptAnswers answers;

    public IdempotencyKeys(KeptAnswers answers) {
        this.answers = answers;
    }

    private record Claim(UUID id, UUID account, String key) {}

    /** Erases what is too old. */
    public static JobKind erasing(KeptAnswers answers) {
        return JobKind.every("idempotency.erase", Duration.ofHours(1), job -> answers.erase());
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.beforeMatched(ALL, this::before);
        routes.after(ALL, this::after);
    }

    private void before(Context context) {
        String key = context.header(HEADER);
        Optional<Caller> caller = Caller.find(context);
        if (context.method() != HandlerType.POST || key == null || caller.isEmpty()) {
            return;
        }
        if (!PRINTABLE.matcher(key).matches()) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST, "An " + HEADER + " has 1 to 255 printable characters of ASCII.");
        }
        UUID account = caller.get().account();
        switch (answers.claim(account, key, hash(context, caller.get()))) {
            case Finding.Claimed claimed -> context.attribute(ATTRIBUTE, new Claim(claimed.claim(), account, key));
            case Finding.Running running ->
                throw new Refused(
                        ErrorId.STILL_RUNNING, "The first request with this key still runs. Ask again in a moment.");
            case Finding.Different different ->
                throw new Refused(
                        ErrorId.KEY_USED_DIFFERENTLY,
                        "This key was used for another request. A new request needs a new key.");
            case Finding.Answered answered -> throw again(answered.answer());
        }
    }

    private static RuntimeException again(KeptAnswer answer) {
        byte[] body = answer.body();
        if (body == null) {
            return new Refused(
                    ErrorId.ALREADY_MADE,
                    "This request was answered, and made " + answer.made()
                            + ". Its secret was shown with that answer, and is kept nowhere: revoke it and make another.");
        }
        Map<String, String> headers = new HashMap<>();
        put(headers, "Content-Type", answer.type());
        put(headers, "Location", answer.location());
        put(headers, "ETag", answer.tag());
        return new AlreadyAnswered(answer.status(), headers, body);
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private void after(Context context) throws IOException {
        Claim claim = context.attribute(ATTRIBUTE);
        if (claim == null) {
            return;
        }
        int status = context.statusCode();
        var response = context.res();
        if (status >= 500 || status == 429 || response.getHeader("Set-Cookie") != null) {
            answers.release(claim.id(), claim.account(), claim.key());
            return;
        }
        Optional<String> made = ShownOnce.made(context);
        var answer = new KeptAnswer(
                status,
                response.getContentType(),
                response.getHeader("Location"),
                response.getHeader("ETag"),
                made.isPresent() ? null : body(context),
                made.orElse(null));
        answers.keep(claim.id(), claim.account(), claim.key(), answer);
    }

    private static byte[] body(Context context) throws IOException {
        InputStream result = context.resultInputStream();
        if (result == null) {
            return new byte[0];
        }
        byte[] body = result.readAllBytes();
        context.result(body);
        return body;
    }

    /** What is asked for, and for which organisation. */
    private static byte[] hash(Context context, Caller caller) {
        String query = context.queryString();
        String head = caller.organisation() + "\n" + context.path() + "\n" + (query == null ? "" : query) + "\n";
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(head.getBytes(StandardCharsets.UTF_8));
            return sha256.digest(RequestBody.of(context));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
