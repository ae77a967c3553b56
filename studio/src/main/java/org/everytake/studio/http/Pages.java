package org.everytake.studio.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the page, from {@code /web} on the class path. A path without a file is a page's own address and gets
 * {@code index.html}, which finds out itself what to show. Any thread may use it.
 */
final class Pages {
    private static final String ROOT = "/web";
    private static final Pattern HARMLESS = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, Optional<Page>> known = new ConcurrentHashMap<>();

    /** Answers if the path is a file's or a page's. */
    boolean answer(Context context) throws IOException {
        boolean reading = context.method() == HandlerType.GET || context.method() == HandlerType.HEAD;
        String path = context.path();
        if (!reading || path.startsWith("/api/") || path.startsWith("/health/")) {
            return false;
        }
        Optional<Page> page = path.equals("/") ? Optional.empty() : file(path);
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (page.isEmpty() && !name.contains(".")) {
            page = file("/index.html");
        }
        if (page.isEmpty()) {
            return false;
        }
        // What the bundler puts there has its content's hash in its name.
        boolean hashed = path.startsWith("/assets/");
        context.header("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
        ContentAnswer.answer(context, page.get());
        return true;
    }

    private Optional<Page> file(String path) {
        if (!HARMLESS.matcher(path).matches()) {
            return Optional.empty();
        }
        Optional<Page> found = known.get(path);
        if (found == null) {
            found = read(path);
            // Only what exists is remembered, else strangers could fill the memory.
            found.ifPresent(page -> known.put(path, Optional.of(page)));
        }
        return found;
    }

    private static Optional<Page> read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = Pages.class.getResourceAsStream(ROOT + path)) {
            return in == null ? Optional.empty() : Optional.of(Page.of(type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Page(String contentType, byte[] bytes, String tag) implements Content {
        static Page of(String type, byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Page(type, bytes, HexFormat.of().formatHex(hash, 0, 16));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset, long lengthBytes) {
            return new ByteArrayInputStream(bytes, (int) offset, (int) lengthBytes);
        }
    }
}
