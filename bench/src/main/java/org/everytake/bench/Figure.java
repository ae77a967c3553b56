package org.everytake.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param name what was measured, with its unit
 * @param ours what Everytake does
 * @param peer what the program beside it does, if there is one
 * @param ratio ours to the peer's
 * @param limit what must be
 * @param ok whether it is; null for what could not be held here
 * @param reason why not
 */
public record Figure(
        String name,
        @Nullable Double ours,
        @Nullable Double peer,
        @Nullable Double ratio,
        String limit,
        @Nullable Boolean ok,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {

    /** A figure that stands alone; NaN is never within a limit. */
    public static Figure of(String name, double ours, String limit, boolean ok) {
        boolean known = Double.isFinite(ours);
        return new Figure(
                name, known ? ours : null, null, null, limit, known && ok, known ? null : "nothing could be measured");
    }

    /** A figure beside that of another program, which is null if it could not be had here. */
    public static Figure beside(String name, double ours, @Nullable Double peer, String limit, boolean ok) {
        Figure alone = of(name, ours, limit, ok);
        return peer == null ? alone : new Figure(name, alone.ours, peer, ours / peer, limit, alone.ok, alone.reason);
    }

    /** A figure that could not be held on this machine. */
    public static Figure notHere(String name, String limit, String reason) {
        return new Figure(name, null, null, null, limit, null, reason);
    }

    /** Whether a limit was measured and missed. */
    public boolean fallsShort() {
        return Boolean.FALSE.equals(ok);
    }

    /** As a person reads it. */
    public String line() {
        String verdict = ok == null ? "not here" : ok ? "ok" : "SHORT";
        String value = ours == null ? String.valueOf(reason) : String.format(Locale.ROOT, "%.2f", ours);
        if (peer != null && ratio != null) {
            value += String.format(Locale.ROOT, " beside %.2f, ratio %.2f", peer, ratio);
        }
        return String.format(Locale.ROOT, "%-8s  %s: %s (must be %s)", verdict, name, value, limit);
    }

    /** Writes one array of figures. */
    public static void write(List<Figure> figures, Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), figures);
    }
}
