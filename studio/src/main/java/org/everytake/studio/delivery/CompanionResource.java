package org.everytake.studio.delivery;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.regex.Pattern;
import org.everytake.studio.http.Content;
import org.everytake.studio.http.ContentAnswer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Companion;
import org.everytake.studio.library.CompanionStore;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.Rights;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.everytake.studio.storage.Vaults;
import org.everytake.vault.Sealing;
import org.jdbi.v3.core.Jdbi;

/** {@code /api/v1/recordings/{recording}/poster}, {@code waveform} and so on: what goes with a recording's film. */
public final class CompanionResource implements Routes {
    private static final String PATH = "/api/v1/recordings/{recording}/";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    private final Rights rights;
    private final CompanionStore companions;
    private final Vaults vaults;
    private final RenditionKeys keys;

    public CompanionResource(Jdbi jdbi, Vaults vaults, RenditionKeys keys) {
        this.rights = new Rights(jdbi);
        this.companions = new CompanionStore(jdbi);
        this.vaults = vaults;
        this.keys = keys;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        for (Companion.Kind kind : Companion.Kind.values()) {
            routes.get(PATH + kind.word(), context -> answer(context, kind), Access.member(Scope.RECORDINGS_READ));
            routes.head(PATH + kind.word(), context -> answer(context, kind), Access.member(Scope.RECORDINGS_READ));
        }
    }

    private void answer(Context context, Companion.Kind kind) throws IOException {
        Caller caller = Caller.of(context);
        UUID recording = PathId.of(context, "recording")
                .flatMap(id -> rights.recording(caller, id))
                .map(Rights.Seen::thing)
                .map(Recording::id)
                .orElseThrow(() -> new Refused(
                        ErrorId.NO_SUCH_RECORDING, "There is no such recording. It may have been deleted."));
        Companion companion = companions.find(recording, kind).orElseThrow(() -> none(kind));
        Sealing sealing = keys.sealing(recording).orElseThrow(() -> none(kind));
        Content content = new RenditionContent(
                vaults,
                recording,
                VaultShelf.companionObject(recording, kind),
                sealing,
                companion.sizeBytes(),
                kind.contentType(),
                companion.sha256());
        String pixels = kind == Companion.Kind.WAVEFORM ? context.queryParam("pixels") : null;
        // A film that is made anew has others; whoever may see it may keep it, and asks whether it is the same.
        context.header("Cache-Control", "private, no-cache");
        ContentAnswer.answer(context, pixels == null ? content : coarser(content, most(pixels)));
    }

    private static int most(String pixels) {
        if (!NUMBER.matcher(pixels).matches()) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST,
                    "\"pixels\" must say how many there may be, a whole number from 1 to 999999.");
        }
        return Integer.parseInt(pixels);
    }

    /** Made when it is asked for: it is read through once, some megabytes for hours. */
    private static Content coarser(Content whole, int most) throws IOException {
        byte[] json;
        try (InputStream in = whole.open(0, whole.sizeBytes())) {
            json = CoarserWaveform.of(in, most);
        }
        return new Content() {
            @Override
            public long sizeBytes() {
                return json.length;
            }

            @Override
            public String contentType() {
                return whole.contentType();
            }

            @Override
            public String tag() {
                return whole.tag() + "-" + most;
            }

            @Override
            public InputStream open(long offset, long lengthBytes) {
                return new ByteArrayInputStream(json, Math.toIntExact(offset), Math.toIntExact(lengthBytes));
            }
        };
    }

    private static Refused none(Companion.Kind kind) {
        return new Refused(ErrorId.NO_SUCH_RENDITION, "There is no " + kind.word() + " of this recording, or not yet.");
    }
}
