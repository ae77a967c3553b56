package org.everytake.tape.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file names of segments: {@code 00000001.open} while it is written, {@code 00000001.tape} once it is sealed with its
 * end mark, {@code 00000001.cut.tape} when it was cut after its last valid batch.
 */
public record SegmentName(int ordinal, State state) {
    public enum State {
        OPEN(".open"),
        SEALED(".tape"),
        CUT(".cut.tape");

        private final String suffix;

        State(String suffix) {
            this.suffix = suffix;
        }
    }

    private static final Pattern NAME = Pattern.compile("([0-9]{8})(\\.open|\\.tape|\\.cut\\.tape)");

    /** What a file name says, or null if it is not a segment's. */
    public static @Nullable SegmentName parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        int ordinal = Integer.parseInt(matcher.group(1));
        for (State state : State.values()) {
            if (state.suffix.equals(matcher.group(2)) && ordinal > 0) {
                return new SegmentName(ordinal, state);
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return String.format("%08d%s", ordinal, state.suffix);
    }
}
