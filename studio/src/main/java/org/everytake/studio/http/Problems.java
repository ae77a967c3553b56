package org.everytake.studio.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong in a request into a {@link Problem}. */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String ANSWERED = "everytake.problem";

    private final Pages pages;

    Problems(Pages pages) {
        this.pages = pages;
    }

    void addTo(RoutesConfig routes) {
        routes.exception(Refused.class, (refused, context) -> answer(context, refused.id(), refused.sentence()));
        routes.exception(AlreadyAnswered.class, Problems::again);
        routes.exception(HttpResponseException.class, Problems::framework);
        routes.exception(Exception.class, Problems::bug);
        routes.error(404, this::notFound);
        routes.error(405, context -> {
            if (!answered(context)) {
                answer(context, ErrorId.METHOD_NOT_ALLOWED, "This address does not take " + context.method() + ".");
            }
        });
    }

    /** No route fits: it may be a page. */
    private void notFound(Context context) throws IOException {
        if (answered(context)) {
            return;
        }
        context.status(200);
        if (!pages.answer(context)) {
            answer(context, ErrorId.NOT_FOUND, "There is nothing at this address.");
        }
    }

    private static void again(AlreadyAnswered answer, Context context) {
        context.attribute(ANSWERED, answer);
        context.status(answer.status());
        answer.headers().forEach(context::header);
        context.result(answer.body());
    }

    private static void framework(HttpResponseException problem, Context context) {
        ErrorId id = switch (problem.getStatus()) {
            case 404 -> ErrorId.NOT_FOUND;
            case 405 -> ErrorId.METHOD_NOT_ALLOWED;
            case 413 -> ErrorId.TOO_LARGE;
            default -> problem.getStatus() < 500 ? ErrorId.MALFORMED_REQUEST : ErrorId.INTERNAL;
        };
        if (id == ErrorId.NOT_FOUND || id == ErrorId.METHOD_NOT_ALLOWED) {
            context.status(id.status());
        } else {
            answer(context, id, "The request cannot be answered: " + problem.getMessage() + ".");
        }
    }

    /** Answers what nobody has foreseen, and logs it. */
    public static void bug(Exception problem, Context context) {
        if (leftAlone(problem)) {
            log.debug("the client left", problem);
            return;
        }
        log.error("{} {} failed", context.method(), Route.of(context), problem);
        if (!context.res().isCommitted()) {
            answer(context, ErrorId.INTERNAL, "Something is wrong with the server; its log says more.");
        }
    }

    /** Whether the other side hung up while we wrote, as every player does when it seeks. */
    private static boolean leftAlone(Exception problem) {
        Throwable cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
        return cause instanceof EOFException;
    }

    private static boolean answered(Context context) {
        return context.attribute(ANSWERED) != null;
    }

    /** Answers with a problem instead of what was asked for. */
    public static void answer(Context context, ErrorId id, String sentence) {
        Problem problem = Problem.of(id, sentence);
        context.attribute(ANSWERED, problem);
        context.status(id.status());
        context.header("Cache-Control", "no-store");
        context.contentType(Problem.CONTENT_TYPE);
        if (id.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        try {
            context.result(Json.mapper().writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
