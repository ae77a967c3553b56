package org.everytake.studio.layouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.render.layout.Shipped;
import org.everytake.studio.http.Json;
import org.jdbi.v3.core.Handle;

/**
 * A layout that a film may have.
 *
 * @param form its JSON, which was checked, without spaces
 * @param usual whether it is the one that films have for which none is chosen
 */
public record LayoutChoice(String name, String form, boolean usual) {

    /**
     * The layout that an organisation has under an id or a name, small and capital letters being the same. Joins the
     * caller's transaction.
     */
    public static Optional<LayoutChoice> find(Handle handle, UUID organisation, String wanted) {
        return Shipped.NAMES.stream()
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .map(LayoutChoice::shipped)
                .or(() -> own(LayoutTable.of(handle, organisation), wanted));
    }

    private static Optional<LayoutChoice> own(List<LayoutTable.Own> there, String wanted) {
        return there.stream()
                .filter(own -> own.id().toString().equals(wanted))
                .findFirst()
                .or(() -> there.stream()
                        .filter(own -> own.name().equalsIgnoreCase(wanted))
                        .findFirst())
                .map(own -> new LayoutChoice(own.name(), own.form(), false));
    }

    private static LayoutChoice shipped(String name) {
        try {
            String form = Json.mapper().readTree(Shipped.form(name)).toString();
            return new LayoutChoice(name, form, name.equals(Shipped.NAMES.getFirst()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The layout " + name + " is no JSON", e);
        }
    }
}
