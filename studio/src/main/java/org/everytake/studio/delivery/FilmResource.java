package org.everytake.studio.delivery;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.everytake.studio.http.Content;
import org.everytake.studio.http.ContentAnswer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Film;
import org.everytake.studio.library.FilmStore;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.Rights;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.everytake.studio.storage.Vaults;
import org.everytake.vault.Sealing;
import org.jdbi.v3.core.Jdbi;

/**
 * {@code /api/v1/recordings/{recording}/film}: HLS (RFC 8216) of a recording that goes on, or whose file is being made. Its
 * playlist grows as long as pieces come, and says when none follows.
 */
public final class FilmResource implements Routes {
    private static final String PATH = "/api/v1/recordings/{recording}/film/";
    private static final String BEGINNING = "beginning.mp4";
    private static final Pattern PIECE = Pattern.compile("([0-9]{1,7})\\.m4s");

    private final Rights rights;
    private final FilmStore films;
    private final Vaults vaults;
    private final RenditionKeys keys;
    private final Consumer<Recording> missing;
    private final InstantSource clock;

    /** @param missing asks for those files of a recording that is over which have never been asked for */
    public FilmResource(
            Jdbi jdbi, Vaults vaults, RenditionKeys keys, Consumer<Recording> missing, InstantSource clock) {
        this.missing = missing;
        this.clock = clock;
        this.rights = new Rights(jdbi);
        this.films = new FilmStore(jdbi);
        this.vaults = vaults;
        this.keys = keys;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/recordings/{recording}/film", this::want, Access.member(Scope.RECORDINGS_READ));
        routes.get(PATH + "playlist.m3u8", this::playlist, Access.member(Scope.RECORDINGS_READ));
        routes.get(PATH + BEGINNING, this::beginning, Access.member(Scope.RECORDINGS_READ));
        routes.get(PATH + "{piece}", this::piece, Access.member(Scope.RECORDINGS_READ));
    }

    /** Somebody wants to watch what is not filmed by itself. Once more changes nothing. */
    private void want(Context context) {
        Caller caller = Caller.of(context);
        Recording recording = PathId.of(context, "recording")
                .flatMap(id -> rights.recording(caller, id))
                .map(Rights.Seen::thing)
                .orElseThrow(() -> new Refused(
                        ErrorId.NO_SUCH_RECORDING, "There is no such recording. It may have been deleted."));
        films.want(recording.id(), clock.instant());
        if (recording.state() == RecordingState.READY) {
            missing.accept(recording);
        }
        context.status(202);
    }

    private void playlist(Context context) {
        context.contentType("application/vnd.apple.mpegurl");
        context.header("Cache-Control", "no-store");
        context.result(Playlist.of(film(context), BEGINNING));
    }

    private void beginning(Context context) throws IOException {
        Film film = film(context);
        keep(context);
        ContentAnswer.answer(context, new Content() {
            @Override
            public long sizeBytes() {
                return film.beginning().length;
            }

            @Override
            public String contentType() {
                return "video/mp4";
            }

            @Override
            public String tag() {
                return film.recording() + "-beginning";
            }

            @Override
            public InputStream open(long offset, long lengthBytes) {
                return new ByteArrayInputStream(
                        film.beginning(), Math.toIntExact(offset), Math.toIntExact(lengthBytes));
            }
        });
    }

    private void piece(Context context) throws IOException {
        Film film = film(context);
        Matcher name = PIECE.matcher(context.pathParam("piece"));
        int number = name.matches() ? Integer.parseInt(name.group(1)) : Integer.MAX_VALUE;
        if (number >= film.pieces().size()) {
            throw new Refused(ErrorId.NO_SUCH_RENDITION, "There is no such piece of this film, or not yet.");
        }
        UUID recording = film.recording();
        Sealing sealing = keys.sealing(recording).orElseThrow(FilmResource::none);
        keep(context);
        ContentAnswer.answer(
                context,
                new RenditionContent(
                        vaults,
                        recording,
                        VaultShelf.pieceObject(recording, number),
                        sealing,
                        film.pieces().get(number).sizeBytes(),
                        "video/iso.segment",
                        recording + "-" + number));
    }

    /** It never changes, but only whoever may see it may keep it. */
    private static void keep(Context context) {
        context.header("Cache-Control", "private, max-age=3600");
    }

    private Film film(Context context) {
        Caller caller = Caller.of(context);
        return PathId.of(context, "recording")
                .flatMap(recording -> rights.recording(caller, recording))
                .flatMap(seen -> films.find(seen.thing().id()))
                .filter(film -> !film.pieces().isEmpty())
                .orElseThrow(FilmResource::none);
    }

    private static Refused none() {
        return new Refused(
                ErrorId.NO_SUCH_RENDITION,
                "There is no film of this recording to be watched piece by piece: it was not begun yet, or its file is ready.");
    }
}
