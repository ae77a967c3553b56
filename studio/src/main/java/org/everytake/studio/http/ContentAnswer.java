package org.everytake.studio.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers GET and HEAD with a {@link Content}: whole or by range, with its tag and the conditions on it (RFC 9110). */
public final class ContentAnswer {
    private ContentAnswer() {}

    public static void answer(Context context, Content content) throws IOException {
        HttpServletResponse response = context.res();
        String tag = "\"" + content.tag() + "\"";
        response.setHeader("ETag", tag);
        response.setHeader("Accept-Ranges", "bytes");
        if (matches(context.header("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        switch (range(context, content, tag)) {
            case ByteRange.Whole() -> {
                response.setStatus(HttpServletResponse.SC_OK);
                write(context, content, 0, content.sizeBytes());
            }
            case ByteRange.Part part -> {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader(
                        "Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + content.sizeBytes());
                write(context, content, part.first(), part.length());
            }
            case ByteRange.Unsatisfiable() -> {
                response.setHeader("Content-Range", "bytes */" + content.sizeBytes());
                throw new Refused(
                        ErrorId.RANGE_NOT_SATISFIABLE,
                        "The file has " + content.sizeBytes() + " bytes; the range lies outside of it.");
            }
        }
    }

    /** A range counts only for GET, and with {@code If-Range} only for the very same content. */
    private static ByteRange range(Context context, Content content, String tag) {
        String condition = context.header("If-Range");
        boolean applies = context.method() == HandlerType.GET && (condition == null || condition.equals(tag));
        return ByteRange.of(applies ? context.header("Range") : null, content.sizeBytes());
    }

    private static boolean matches(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    private static void write(Context context, Content content, long offset, long length) throws IOException {
        if (context.method() == HandlerType.HEAD || length == 0) {
            describe(context.res(), content, length);
            return;
        }
        // Opened before anything is said of it, since it may not be there to be opened.
        try (InputStream in = content.open(offset, length)) {
            describe(context.res(), content, length);
            copy(in, context.res().getOutputStream(), length);
        }
    }

    private static void describe(HttpServletResponse response, Content content, long length) {
        // What Javalin chose before belongs to text.
        response.setCharacterEncoding(null);
        response.setContentType(content.contentType());
        response.setContentLengthLong(length);
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new IOException("the content ended " + left + " bytes early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
