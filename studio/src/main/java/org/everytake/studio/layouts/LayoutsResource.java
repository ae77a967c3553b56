package org.everytake.studio.layouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.render.LayoutPreview;
import org.everytake.render.layout.Layout;
import org.everytake.render.layout.LayoutFault;
import org.everytake.render.layout.LayoutReader;
import org.everytake.render.layout.Shipped;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.Text;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/layouts}: what films may look like. Admins add layouts, everybody may look at them. */
public final class LayoutsResource implements Routes {
    private static final String ALL = "/api/v1/layouts";
    private static final String ONE = ALL + "/{layout}";
    private static final int MOST_OF_A_NAME = 80;
    private static final int USUAL_PEOPLE = 4;

    private final Jdbi jdbi;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public LayoutsResource(Jdbi jdbi, Audit audit, Supplier<UUID> ids, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param id of a shipped one its name, too */
    private record LayoutView(String id, String name, boolean shipped, JsonNode layout) {
        static LayoutView of(String id, String name, boolean shipped, String form) {
            try {
                return new LayoutView(id, name, shipped, Json.mapper().readTree(form));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("The layout " + id + " was checked and is no JSON", e);
            }
        }

        static LayoutView of(LayoutTable.Own own) {
            return of(own.id().toString(), own.name(), false, own.form());
        }
    }

    private record LayoutsView(List<LayoutView> layouts) {}

    private record NewLayout(
            @Nullable String name, @Nullable JsonNode layout) {}

    private record Preview(
            @Nullable JsonNode layout,
            @Nullable Integer people,
            @Nullable Integer screens) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ALL, this::list, Access.member(Scope.RECORDINGS_READ));
        routes.post(ALL, this::create, Access.admin(Scope.ORGANISATION_WRITE));
        routes.post(ALL + "/preview", this::preview, Access.member(Scope.RECORDINGS_READ));
        routes.put(ONE, this::change, Access.admin(Scope.ORGANISATION_WRITE));
        routes.delete(ONE, this::delete, Access.admin(Scope.ORGANISATION_WRITE));
    }

    private void list(Context context) {
        List<LayoutView> all = new ArrayList<>();
        Shipped.NAMES.forEach(name -> all.add(LayoutView.of(name, name, true, Shipped.form(name))));
        UUID organisation = Caller.of(context).organisation();
        jdbi.withHandle(handle -> LayoutTable.of(handle, organisation)).forEach(own -> all.add(LayoutView.of(own)));
        context.json(new LayoutsView(all));
    }

    private void create(Context context) {
        LayoutTable.Own own = asked(context, ids.get());
        jdbi.useTransaction(handle -> {
            LayoutTable.lock(handle, own.organisation());
            List<LayoutTable.Own> there = LayoutTable.of(handle, own.organisation());
            if (there.size() >= LayoutTable.MOST) {
                throw new Refused(
                        ErrorId.MALFORMED_REQUEST,
                        "An organisation has at most " + LayoutTable.MOST + " layouts of its own. Delete one first.");
            }
            put(handle, context, "layout-made", own, there);
        });
        context.status(201).json(LayoutView.of(own));
    }

    private void change(Context context) {
        LayoutTable.Own own = asked(context, named(context));
        jdbi.useTransaction(handle -> {
            LayoutTable.lock(handle, own.organisation());
            List<LayoutTable.Own> there = LayoutTable.of(handle, own.organisation());
            if (there.stream().noneMatch(other -> other.id().equals(own.id()))) {
                throw noSuch();
            }
            put(handle, context, "layout-changed", own, there);
        });
        context.json(LayoutView.of(own));
    }

    private void put(Handle handle, Context context, String action, LayoutTable.Own own, List<LayoutTable.Own> there) {
        boolean taken = Shipped.NAMES.stream().anyMatch(own.name()::equalsIgnoreCase)
                || there.stream()
                        .anyMatch(other ->
                                !other.id().equals(own.id()) && other.name().equalsIgnoreCase(own.name()));
        if (taken) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST,
                    "There is another layout with the name " + own.name() + ". Give this one another name.");
        }
        LayoutTable.put(handle, own, clock.instant());
        audit.note(handle, Audit.Who.of(context), action, own.id().toString(), own.name());
    }

    private void delete(Context context) {
        UUID id = named(context);
        UUID organisation = Caller.of(context).organisation();
        jdbi.useTransaction(handle -> {
            LayoutTable.Own own = LayoutTable.find(handle, organisation, id).orElseThrow(LayoutsResource::noSuch);
            LayoutTable.delete(handle, id);
            audit.note(handle, Audit.Who.of(context), "layout-deleted", id.toString(), own.name());
        });
        context.status(204);
    }

    private void preview(Context context) {
        Preview asked = Json.body(context, Preview.class);
        int people = within(asked.people(), USUAL_PEOPLE, "people");
        int screens = within(asked.screens(), 0, "screens");
        byte[] png = LayoutPreview.png(checked(asked.layout()), people, screens);
        context.res().setCharacterEncoding(null); // a picture has none
        context.contentType("image/png").result(png);
    }

    private static int within(@Nullable Integer given, int otherwise, String what) {
        int count = given == null ? otherwise : given;
        if (count < 0 || count > LayoutPreview.most()) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST, "\"" + what + "\" is a number from 0 to " + LayoutPreview.most() + ".");
        }
        return count;
    }

    private LayoutTable.Own asked(Context context, UUID id) {
        NewLayout asked = Json.body(context, NewLayout.class);
        String name = Text.line(asked.name(), "A layout's name", MOST_OF_A_NAME);
        JsonNode form = asked.layout();
        checked(form);
        return new LayoutTable.Own(id, Caller.of(context).organisation(), name, String.valueOf(form));
    }

    private static Layout checked(@Nullable JsonNode form) {
        if (form == null) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "\"layout\" is missing.");
        }
        try {
            return LayoutReader.read(form.toString());
        } catch (LayoutFault e) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static UUID named(Context context) {
        return PathId.of(context, "layout").orElseThrow(LayoutsResource::noSuch);
    }

    private static Refused noSuch() {
        return new Refused(ErrorId.NO_SUCH_LAYOUT, "This organisation has no such layout of its own.");
    }
}
