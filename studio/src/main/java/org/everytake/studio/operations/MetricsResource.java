package org.everytake.studio.operations;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import org.everytake.studio.http.Bearer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;

/** The figures, for whoever shows the token of the settings, and for operators. */
public final class MetricsResource implements Routes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;
    private final Optional<byte[]> token;
    private final Function<HttpServletRequest, Optional<Caller>> callers;

    /**
     * @param token of the settings; without it only operators read
     * @param callers finds who asks
     */
    public MetricsResource(
            Metrics metrics, Optional<String> token, Function<HttpServletRequest, Optional<Caller>> callers) {
        this.metrics = metrics;
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.callers = callers;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/metrics", this::metrics);
    }

    private void metrics(Context context) {
        if (!hasToken(context)) {
            Caller caller = callers.apply(context.req())
                    .orElseThrow(() -> new Refused(
                            ErrorId.NOT_SIGNED_IN,
                            "Show the metrics-token of the settings as a bearer token, or sign in as an operator."));
            if (!caller.operator() || !caller.may(Scope.ORGANISATION_READ)) {
                throw new Refused(ErrorId.NOT_ALLOWED, "Only who runs the server may read its figures.");
            }
        }
        context.header("Cache-Control", "no-store");
        context.contentType(TEXT).result(metrics.scrape());
    }

    private boolean hasToken(Context context) {
        String shown = Bearer.of(context);
        return shown != null
                && token.isPresent()
                && MessageDigest.isEqual(token.get(), shown.getBytes(StandardCharsets.UTF_8));
    }
}
