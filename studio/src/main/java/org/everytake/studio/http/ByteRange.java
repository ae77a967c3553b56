package org.everytake.studio.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} header asks of a content (RFC 9110, section 14): all of it, one part, or something that is not
 * there. Several ranges at once are answered with all, which the RFC allows and every player copes with.
 */
public sealed interface ByteRange {
    /** The whole content, status 200. */
    record Whole() implements ByteRange {}

    /** Bytes {@code first} to {@code last}, both included, status 206. */
    record Part(long first, long last) implements ByteRange {
        public long length() {
            return last - first + 1;
        }
    }

    /** Nothing of the content, status 416. */
    record Unsatisfiable() implements ByteRange {}

    Pattern SINGLE = Pattern.compile("bytes[ \t]*=[ \t]*(\\d*)-(\\d*)[ \t]*", Pattern.CASE_INSENSITIVE);

    /** @param header the value of {@code Range}, or null without one */
    static ByteRange of(@Nullable String header, long sizeBytes) {
        Matcher single = SINGLE.matcher(header == null ? "" : header);
        if (!single.matches() || (single.group(1).isEmpty() && single.group(2).isEmpty())) {
            // Malformed, of an unknown unit, or more than one: to be ignored (section 14.2).
            return new Whole();
        }
        if (single.group(1).isEmpty()) {
            long suffix = number(single.group(2));
            return suffix == 0 || sizeBytes == 0
                    ? new Unsatisfiable()
                    : new Part(Math.max(0, sizeBytes - suffix), sizeBytes - 1);
        }
        long first = number(single.group(1));
        long last = single.group(2).isEmpty() ? Long.MAX_VALUE : number(single.group(2));
        if (last < first) {
            return new Whole();
        }
        return first >= sizeBytes ? new Unsatisfiable() : new Part(first, Math.min(last, sizeBytes - 1));
    }

    /** A number of any length; beyond what a long holds it is larger than every content. */
    private static long number(String digits) {
        String trimmed = digits.replaceFirst("^0+(?=.)", "");
        return trimmed.length() > 18 ? Long.MAX_VALUE : Long.parseLong(trimmed);
    }
}
