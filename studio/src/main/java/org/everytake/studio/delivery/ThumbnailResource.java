package org.everytake.studio.delivery;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import org.everytake.studio.http.ContentAnswer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.Rights;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.everytake.studio.storage.Vaults;
import org.everytake.vault.Sealing;
import org.jdbi.v3.core.Jdbi;

/** {@code /api/v1/recordings/{recording}/thumbnail}: a small picture of a recording. */
public final class ThumbnailResource implements Routes {
    private static final String PATH = "/api/v1/recordings/{recording}/thumbnail";

    private final Rights rights;
    private final Vaults vaults;
    private final RenditionKeys keys;

    public ThumbnailResource(Jdbi jdbi, Vaults vaults, RenditionKeys keys) {
        this.rights = new Rights(jdbi);
        this.vaults = vaults;
        this.keys = keys;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::picture, Access.member(Scope.RECORDINGS_READ));
        routes.head(PATH, this::picture, Access.member(Scope.RECORDINGS_READ));
    }

    private void picture(Context context) throws IOException {
        Caller caller = Caller.of(context);
        Recording recording = PathId.of(context, "recording")
                .flatMap(id -> rights.recording(caller, id))
                .map(Rights.Seen::thing)
                .orElseThrow(() -> new Refused(
                        ErrorId.NO_SUCH_RECORDING, "There is no such recording. It may have been deleted."));
        String sha256 = recording.thumbnail();
        Long sizeBytes = recording.thumbnailBytes();
        if (sha256 == null || sizeBytes == null) {
            throw none();
        }
        Sealing sealing = keys.sealing(recording.id()).orElseThrow(ThumbnailResource::none);
        // It never changes, but only whoever may see it may keep it.
        context.header("Cache-Control", "private, max-age=3600");
        String object = VaultShelf.thumbnailObject(recording.id());
        ContentAnswer.answer(
                context,
                new RenditionContent(vaults, recording.id(), object, sealing, sizeBytes, "image/jpeg", sha256));
    }

    private static Refused none() {
        return new Refused(ErrorId.NO_SUCH_THUMBNAIL, "There is no picture of this recording, or not yet.");
    }
}
