package org.everytake.studio.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says whether the program lives, and whether it can do its work. */
public final class Health implements Routes {
    /** Finds a reason why the program cannot do its work, in one sentence. */
    @FunctionalInterface
    public interface Check {
        Optional<String> trouble();
    }

    private final List<Check> checks;

    public Health(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", context -> context.json(Map.of("status", "live")));
        routes.get("/health/ready", this::ready);
    }

    private void ready(Context context) {
        List<String> troubles =
                checks.stream().flatMap(check -> check.trouble().stream()).toList();
        if (troubles.isEmpty()) {
            context.json(Map.of("status", "ready"));
        } else {
            context.status(503).json(Map.of("status", "not ready", "troubles", troubles));
        }
    }
}
