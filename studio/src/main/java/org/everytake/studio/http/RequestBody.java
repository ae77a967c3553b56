package org.everytake.studio.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The bytes of a request's body, read once for whoever needs them. */
public final class RequestBody {
    private static final String ATTRIBUTE = "everytake.body";

    /** What a form of another site's page cannot send. */
    private static final Pattern JSON = Pattern.compile(
            "application/json[ \\t]*(;[ \\t]*charset[ \\t]*=[ \\t]*\"?utf-8\"?)?[ \\t]*", Pattern.CASE_INSENSITIVE);

    /**
     * A body that says that it is no larger than this is taken off the line before it is refused: most clients read no
     * answer before they have sent all, and of a line that closes meanwhile they tell only that it broke.
     */
    private static final long TAKEN_OFF_BYTES = 1 << 20;

    private RequestBody() {}

    /** Of JSON. Refuses one that is larger than {@link Json#LIMIT_BYTES}, of which no more than that is kept. */
    public static byte[] of(Context context) {
        byte[] known = context.attribute(ATTRIBUTE);
        if (known != null) {
            return known;
        }
        String type = context.req().getContentType();
        if (type != null && !JSON.matcher(type).matches()) {
            throw new Refused(ErrorId.UNSUPPORTED_TYPE, "The request's body must be application/json.");
        }
        byte[] body = read(context);
        context.attribute(ATTRIBUTE, body);
        return body;
    }

    /** Text of another media type, which must be said; of the same size at most. */
    public static String text(Context context, String mediaType) {
        String type = context.req().getContentType();
        String bare = type == null ? "" : type.replaceFirst(";.*", "").strip();
        if (!bare.equalsIgnoreCase(mediaType)) {
            throw new Refused(ErrorId.UNSUPPORTED_TYPE, "The request's body must be " + mediaType + ".");
        }
        return new String(read(context), StandardCharsets.UTF_8);
    }

    private static byte[] read(Context context) {
        long length = context.req().getContentLengthLong();
        if (length > TAKEN_OFF_BYTES) {
            throw tooLarge();
        }
        byte[] body;
        try (InputStream in = context.req().getInputStream()) {
            if (length > Json.LIMIT_BYTES) {
                in.skipNBytes(length);
                throw tooLarge();
            }
            body = in.readNBytes(Json.LIMIT_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (body.length > Json.LIMIT_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static Refused tooLarge() {
        return new Refused(ErrorId.TOO_LARGE, "The request's body is larger than 64 KiB.");
    }
}
