package org.everytake.studio.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON as the API speaks it: times in RFC 3339, strict about what comes in. */
public final class Json {
    /** The most that a request's body may have. */
    public static final int LIMIT_BYTES = 64 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Json() {}

    /** For whoever reads or writes JSON beside requests, such as the room's socket. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** The request's body. Refuses what does not parse, does not fit, or is too large. */
    public static <T> T body(Context context, Class<T> type) {
        byte[] body = RequestBody.of(context);
        if (body.length == 0) {
            throw new Refused(ErrorId.MALFORMED_JSON, "The request needs a body of JSON.");
        }
        return parse(body, type);
    }

    static <T> T parse(byte[] body, Class<T> type) {
        @Nullable T value;
        try {
            value = MAPPER.readValue(body, type);
        } catch (UnrecognizedPropertyException e) {
            throw new Refused(ErrorId.UNKNOWN_FIELD, "There is no field \"" + e.getPropertyName() + "\" here.");
        } catch (JsonMappingException e) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "The request does not fit at " + path(e) + ".");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new Refused(
                    ErrorId.MALFORMED_JSON,
                    at == null
                            ? "The request is not JSON."
                            : "The request is not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr()
                                    + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (value == null) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "The request must be a JSON object.");
        }
        return value;
    }

    private static String path(JsonMappingException problem) {
        String path = problem.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "its top" : "\"" + path + "\"";
    }
}
