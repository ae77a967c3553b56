package org.everytake.studio.operations;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.everytake.studio.db.DatabaseTrouble;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Problems;
import org.everytake.studio.http.Routes;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what cannot be answered while the database is away, or its disk is full, with the reason. Any thread. */
public final class DatabaseProblems implements Routes {
    private static final Logger log = LoggerFactory.getLogger(DatabaseProblems.class);

    private final DatabaseTrouble trouble;

    public DatabaseProblems(DatabaseTrouble trouble) {
        this.trouble = trouble;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.exception(JdbiException.class, this::answer);
    }

    private void answer(JdbiException failure, Context context) {
        Optional<String> sentence = trouble.of(failure);
        if (sentence.isEmpty()) {
            Problems.bug(failure, context);
            return;
        }
        log.warn("{} {} is not answered: {}", context.method(), context.path(), sentence.get());
        log.debug("since", failure);
        Problems.answer(context, ErrorId.DATABASE_AWAY, sentence.get());
    }
}
