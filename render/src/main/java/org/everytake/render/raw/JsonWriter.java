package org.everytake.render.raw;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * Writes a JSON text in UTF-8 as it goes, so that a long one needs no memory: an item a line, but rows, which lie in one
 * line with all that is in them. The same calls give the same bytes. One thread.
 */
public final class JsonWriter {
    /** An object or array that is not ended yet. */
    private static final class Open {
        final char closing;
        final boolean row;
        boolean empty = true;

        Open(char closing, boolean row) {
            this.closing = closing;
            this.row = row;
        }
    }

    private final Writer out;
    private final ArrayDeque<Open> open = new ArrayDeque<>();
    private boolean named;

    public JsonWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    public JsonWriter object() throws IOException {
        return begin('{', '}', false);
    }

    /** An object in one line. */
    public JsonWriter row() throws IOException {
        return begin('{', '}', true);
    }

    public JsonWriter array() throws IOException {
        return begin('[', ']', false);
    }

    /** Ends what was begun last. */
    public JsonWriter end() throws IOException {
        Open ended = open.pop();
        if (!ended.empty && !ended.row) {
            line();
        }
        out.write(ended.closing);
        return this;
    }

    /** The name of what is written next, in an object. */
    public JsonWriter name(String name) throws IOException {
        separate();
        text(name);
        out.write(": ");
        named = true;
        return this;
    }

    public JsonWriter value(String value) throws IOException {
        separate();
        text(value);
        return this;
    }

    public JsonWriter value(long value) throws IOException {
        return literal(Long.toString(value));
    }

    public JsonWriter value(boolean value) throws IOException {
        return literal(Boolean.toString(value));
    }

    /** A number that is written already. */
    public JsonWriter literal(String value) throws IOException {
        separate();
        out.write(value);
        return this;
    }

    /** Hands all of it on. */
    public void flush() throws IOException {
        out.flush();
    }

    private JsonWriter begin(char opening, char closing, boolean row) throws IOException {
        separate();
        Open around = open.peek();
        out.write(opening);
        open.push(new Open(closing, row || (around != null && around.row)));
        return this;
    }

    /** What stands between the last item and the next one. */
    private void separate() throws IOException {
        if (named) {
            named = false;
            return;
        }
        Open around = open.peek();
        if (around == null) {
            return;
        }
        if (!around.empty) {
            out.write(around.row ? ", " : ",");
        }
        around.empty = false;
        if (!around.row) {
            line();
        }
    }

    private void line() throws IOException {
        out.write('\n');
        out.write("  ".repeat(open.size()));
    }

    private void text(String text) throws IOException {
        out.write('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> {
                    out.write('\\');
                    out.write(c);
                }
                case '\n' -> out.write("\\n");
                default -> {
                    if (c < ' ') {
                        out.write("\\u00");
                        out.write(Character.forDigit(c >> 4, 16));
                        out.write(Character.forDigit(c & 15, 16));
                    } else {
                        out.write(c);
                    }
                }
            }
        }
        out.write('"');
    }
}
