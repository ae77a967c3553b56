package org.everytake.studio.delivery;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import org.everytake.studio.http.ContentAnswer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.Rights;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.everytake.studio.storage.Vaults;
import org.everytake.vault.Sealing;
import org.jdbi.v3.core.Jdbi;

/** {@code /api/v1/recordings/{recording}/renditions/{rendition}/content}: to watch and to download. */
public final class RenditionResource implements Routes {
    private static final String PATH = "/api/v1/recordings/{recording}/renditions/{rendition}/content";

    private final Rights rights;
    private final RenditionStore renditions;
    private final Vaults vaults;
    private final RenditionKeys keys;

    public RenditionResource(Jdbi jdbi, Vaults vaults, RenditionKeys keys) {
        this.rights = new Rights(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.vaults = vaults;
        this.keys = keys;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::content, Access.member(Scope.RECORDINGS_READ));
        routes.head(PATH, this::content, Access.member(Scope.RECORDINGS_READ));
    }

    private void content(Context context) throws IOException {
        Rendition rendition = find(context);
        String object = rendition.object();
        Long sizeBytes = rendition.sizeBytes();
        String sha256 = rendition.sha256();
        if (object == null || sizeBytes == null || sha256 == null) {
            throw new Refused(
                    ErrorId.NOT_READY,
                    "\"" + rendition.name() + "\" is " + rendition.state().word() + ".");
        }
        Sealing sealing = keys.sealing(rendition.recording()).orElseThrow(RenditionResource::noSuch);
        boolean download = context.queryParamMap().containsKey("download");
        context.header("Content-Disposition", FileName.disposition(rendition.name(), download));
        // It never changes, but only whoever may see it may keep it.
        context.header("Cache-Control", "private, max-age=3600");
        ContentAnswer.answer(
                context,
                new RenditionContent(
                        vaults, rendition.recording(), object, sealing, sizeBytes, rendition.contentType(), sha256));
    }

    private Rendition find(Context context) {
        Caller caller = Caller.of(context);
        return PathId.of(context, "recording")
                .flatMap(recording -> rights.recording(caller, recording))
                .flatMap(seen -> PathId.of(context, "rendition")
                        .flatMap(rendition -> renditions.find(seen.thing().id(), rendition)))
                .orElseThrow(RenditionResource::noSuch);
    }

    private static Refused noSuch() {
        return new Refused(
                ErrorId.NO_SUCH_RENDITION, "There is no such file of a recording. It may have been deleted.");
    }
}
