package org.everytake.studio.operations;

import io.javalin.config.RoutesConfig;
import java.time.Instant;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.Access;

/** Tells the operator how the server does. */
public final class HealthResource implements Routes {
    private final VitalsReader reader;
    private final String version;
    private final Instant upSince;

    public HealthResource(VitalsReader reader, String version, Instant upSince) {
        this.reader = reader;
        this.version = version;
        this.upSince = upSince;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/api/v1/health",
                context -> context.json(HealthView.of(reader.read(), version, upSince)),
                Access.operator());
    }
}
