package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.http.limit.Verdict;

/** Counts each request of a known caller by their account or key. Comes after the {@link Gate}. Any thread. */
public final class CallerLimits implements Routes {
    private final RateLimits limits;

    public CallerLimits(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.beforeMatched("/api/v1/*", context -> Caller.find(context).ifPresent(caller -> count(context, caller)));
    }

    private void count(Context context, Caller caller) {
        UUID who = caller.means() instanceof Caller.Key key ? key.id() : caller.account();
        limits.recognised(who, context.ip(), context.method().name(), context.path())
                .ifPresent(verdict -> {
                    verdict.tell(context::header);
                    if (!verdict.granted()) {
                        throw new Refused(ErrorId.TOO_MANY_REQUESTS, Verdict.SENTENCE);
                    }
                });
    }
}
