package org.everytake.studio.storage;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Jdbi;

/** {@code /api/v1/organisation/store}: where what is recorded of an organisation is kept, for its admins. */
public final class StoreResource implements Routes {
    private static final String PATH = "/api/v1/organisation/store";

    private final Jdbi jdbi;
    private final Stores stores;
    private final Function<UUID, Backlog> backlogs;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    /** @param backlogs what an organisation's own stores do not have yet */
    public StoreResource(
            Jdbi jdbi,
            Stores stores,
            Function<UUID, Backlog> backlogs,
            Audit audit,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.stores = stores;
        this.backlogs = backlogs;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::show, Access.admin(Scope.ORGANISATION_READ));
        routes.put(PATH, this::choose, Access.admin(Scope.ORGANISATION_WRITE));
        routes.delete(PATH, this::leave, Access.admin(Scope.ORGANISATION_WRITE));
        routes.post(PATH + "/test", this::test, Access.admin(Scope.ORGANISATION_WRITE));
    }

    /** A store as it would be set up, and the secret by which it is opened. */
    private record Wanted(OwnStore store, String secret) {}

    private void show(Context context) {
        context.json(kept(Caller.of(context).organisation()));
    }

    private StoreView.Kept kept(UUID organisation) {
        Optional<OwnStore> current = jdbi.withHandle(handle -> StoreTable.current(handle, organisation));
        List<StoreView.TroubleShown> troubles = jdbi.withHandle(handle -> StoreTable.of(handle, organisation)).stream()
                .flatMap(this::troubles)
                .toList();
        return new StoreView.Kept(
                current.map(StoreView.Shown::of).orElse(null), backlogs.apply(organisation), troubles);
    }

    private Stream<StoreView.TroubleShown> troubles(OwnStore store) {
        WatchedStore.Trouble trouble = stores.trouble(store.id());
        return trouble == null
                ? Stream.empty()
                : Stream.of(new StoreView.TroubleShown(store.id(), trouble.sentence(), trouble.since()));
    }

    private void choose(Context context) throws IOException {
        UUID organisation = Caller.of(context).organisation();
        Wanted wanted = wanted(context);
        OwnStore store = wanted.store();
        byte[] sealed = stores.seal(store.id(), wanted.secret());
        jdbi.useTransaction(handle -> {
            StoreTable.put(handle, store, sealed, clock.instant());
            String place = store.sealed(wanted.secret()).place();
            audit.note(handle, Audit.Who.of(context), "store-chosen", store.id().toString(), place);
        });
        context.json(kept(organisation));
    }

    private void leave(Context context) {
        UUID organisation = Caller.of(context).organisation();
        jdbi.useTransaction(handle -> {
            OwnStore store = StoreTable.current(handle, organisation)
                    .orElseThrow(() -> new Refused(
                            ErrorId.NO_SUCH_STORE, "New recordings are kept in the server's own folder already."));
            StoreTable.noneCurrent(handle, organisation);
            audit.note(
                    handle,
                    Audit.Who.of(context),
                    "store-left",
                    store.id().toString(),
                    store.place().bucket());
        });
        context.status(204);
    }

    private void test(Context context) throws IOException {
        Wanted wanted = wanted(context);
        context.json(StoreView.Tested.of(stores.probe(wanted.store(), wanted.secret())));
    }

    /** A new one, or what becomes of the one that the organisation has had at this place. */
    private Wanted wanted(Context context) throws IOException {
        StoreInput asked = Json.body(context, StoreInput.class);
        UUID organisation = Caller.of(context).organisation();
        OwnStore.Place place = asked.place();
        Optional<OwnStore> there = jdbi.withHandle(handle -> StoreTable.at(handle, place));
        if (there.filter(one -> !one.organisation().equals(organisation)).isPresent()) {
            throw new Refused(
                    ErrorId.STORE_TAKEN,
                    "Another organisation of this server uses this bucket with this prefix. Choose another prefix.");
        }
        UUID id = there.map(OwnStore::id).orElseGet(ids);
        long revision = there.map(one -> one.revision() + 1).orElse(0L);
        String secret = asked.secret();
        if (secret == null) {
            // only where it was: a secret must not go along to a place that somebody else has named
            if (there.isEmpty()) {
                throw new Refused(ErrorId.MALFORMED_REQUEST, "The secret key is missing.");
            }
            secret = stores.secret(id);
        }
        var store = new OwnStore(id, organisation, place, asked.key(), asked.ways(), revision);
        StoreInput.check(store, secret, stores.reach());
        return new Wanted(store, secret);
    }
}
