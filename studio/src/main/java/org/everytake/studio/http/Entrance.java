package org.everytake.studio.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.http.limit.Verdict;

/** Stands before everything else, WebSockets too, and turns away what costs nothing to refuse. Any thread. */
final class Entrance extends Handler.Wrapper {
    private final HostNames names;
    private final RateLimits limits;

    Entrance(HostNames names, RateLimits limits) {
        this.names = names;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!names.knows(request.getHeaders().get(HttpHeader.HOST))) {
            refuse(
                    response,
                    callback,
                    Problem.of(
                            ErrorId.WRONG_HOST,
                            "This server does not go by that name. If it should, the setting host-names says so."));
            return true;
        }
        var verdict =
                limits.arrived(Request.getRemoteAddr(request), request.getMethod(), Request.getPathInContext(request));
        verdict.ifPresent(told -> told.tell(response.getHeaders()::put));
        if (verdict.filter(told -> !told.granted()).isPresent()) {
            refuse(response, callback, Problem.of(ErrorId.TOO_MANY_REQUESTS, Verdict.SENTENCE));
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static void refuse(Response response, Callback callback, Problem problem) {
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        try {
            response.write(true, ByteBuffer.wrap(Json.mapper().writeValueAsBytes(problem)), callback);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
