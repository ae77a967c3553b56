package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/organisation/films}: when an organisation has films of its recordings made, for its admins. */
public final class FilmingResource implements Routes {
    private static final String PATH = "/api/v1/organisation/films";

    private final Jdbi jdbi;
    private final FilmStore films;
    private final Audit audit;

    public FilmingResource(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.films = new FilmStore(jdbi);
        this.audit = audit;
    }

    private record Chosen(@Nullable String films) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::show, Access.admin(Scope.ORGANISATION_READ));
        routes.put(PATH, this::choose, Access.admin(Scope.ORGANISATION_WRITE));
    }

    private void show(Context context) {
        context.json(new Chosen(films.filming(Caller.of(context).organisation()).word()));
    }

    private void choose(Context context) {
        UUID organisation = Caller.of(context).organisation();
        Filming chosen = Filming.of(
                        String.valueOf(Json.body(context, Chosen.class).films()))
                .orElseThrow(() -> new Refused(
                        ErrorId.MALFORMED_REQUEST, "Films are made \"always\", \"on-first-view\" or \"never\"."));
        jdbi.useTransaction(handle -> {
            Filming before = films.filming(organisation);
            films.choose(organisation, chosen);
            if (before != chosen) {
                String change = before.word() + " to " + chosen.word();
                audit.note(handle, Audit.Who.of(context), "films-chosen", organisation.toString(), change);
            }
        });
        context.json(new Chosen(chosen.word()));
    }
}
