package org.everytake.e2e.demo;

import java.io.PrintStream;

/** Tells a person what happens, one line at a time. On a terminal a running line is overwritten. */
final class Progress {

    private final PrintStream out;
    private final boolean terminal;
    private final long fromNanos = System.nanoTime();
    private String running = "";

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Something begins or is done. */
    void say(String line) {
        end();
        out.printf("%6.1f s  %s%n", seconds(), line);
    }

    /** Something goes on; shown only where it can be overwritten. */
    void update(String line) {
        if (terminal) {
            String text = "%6.1f s  %s".formatted(seconds(), line);
            out.print("\r" + text + " ".repeat(Math.max(0, running.length() - text.length())));
            out.flush();
            running = text;
        }
    }

    private void end() {
        if (!running.isEmpty()) {
            out.print("\r" + " ".repeat(running.length()) + "\r");
            running = "";
        }
    }

    private double seconds() {
        return (System.nanoTime() - fromNanos) / 1e9;
    }
}
