package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;

/** A value being read from left to right. Owned by the parser that made it. */
final class Text {
    private final String what;
    private final String text;
    private final int lineNumber;
    private int at;

    Text(String what, String text, int lineNumber) {
        this.what = what;
        this.text = text;
        this.lineNumber = lineNumber;
    }

    boolean isEmpty() {
        return at == text.length();
    }

    boolean contains(char c) {
        return text.indexOf(c, at) >= 0;
    }

    /** What stands before the next {@code end}, which is skipped; neither may be missing. */
    String until(char end) throws Malformed {
        int found = text.indexOf(end, at);
        if (found <= at) {
            throw malformed(found < 0 ? "no '" + end + "'" : "nothing before '" + end + "'");
        }
        String part = text.substring(at, found);
        at = found + 1;
        return part;
    }

    /** As {@link #until}, to be read further. */
    Text part(char end) throws Malformed {
        return new Text(what, until(end), lineNumber);
    }

    /** All that is left; at least one character. */
    String rest() throws Malformed {
        if (isEmpty()) {
            throw malformed("cut off");
        }
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    boolean skip(String word) {
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    int integer(char end, int least, int most) throws Malformed {
        return (int) number(until(end), least, most);
    }

    int integer(int least, int most) throws Malformed {
        return (int) number(rest(), least, most);
    }

    long number(char end, long least, long most) throws Malformed {
        return number(until(end), least, most);
    }

    long number(long least, long most) throws Malformed {
        return number(rest(), least, most);
    }

    Malformed malformed(String why) {
        return new Malformed("SDP " + what, lineNumber, why);
    }

    private long number(String digits, long least, long most) throws Malformed {
        if (digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed("not a number");
        }
        long value = Long.parseLong(digits);
        if (value < least || value > most) {
            throw malformed(value + " is not within " + least + " to " + most);
        }
        return value;
    }
}
