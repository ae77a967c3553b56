package org.everytake.studio.http;

import io.javalin.http.Context;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The conditions under which something may be changed (RFC 9110, sections 8.8.3 and 13.1.1). What people can change of a
 * thing counts its revisions, and the count is its entity tag; how far its files are does not change the tag, since
 * nobody's change could overwrite that.
 */
public final class Revision {
    private Revision() {}

    /** Adds the tag to the answer. */
    public static void tag(Context context, long revision) {
        context.header("ETag", tagOf(revision));
    }

    /** Refuses unless the request allows this revision to be changed; without {@code If-Match} it allows any. */
    public static void check(Context context, long revision) {
        if (!allows(context.header("If-Match"), revision)) {
            throw changed();
        }
    }

    /** That somebody else was faster. */
    public static Refused changed() {
        return new Refused(
                ErrorId.CHANGED_MEANWHILE, "Somebody else has changed this meanwhile. Look at it, then try again.");
    }

    static boolean allows(@Nullable String ifMatch, long revision) {
        return ifMatch == null
                || Arrays.stream(ifMatch.split(",", -1))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tagOf(revision)));
    }

    private static String tagOf(long revision) {
        return "\"" + revision + "\"";
    }
}
