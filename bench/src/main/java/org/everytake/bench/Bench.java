package org.everytake.bench;

import org.everytake.bench.call.Call;
import org.everytake.bench.day.Day;
import org.everytake.bench.first.First;
import org.everytake.bench.kill.Kill;
import org.everytake.bench.library.Library;
import org.everytake.bench.render.RenderBench;
import org.everytake.bench.spool.TapeBench;
import org.everytake.bench.start.Start;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./everytake bench}: measures what the product promises. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures what Everytake promises, on this machine.",
        subcommands = {
            First.class,
            Call.class,
            TapeBench.class,
            RenderBench.class,
            Day.class,
            Kill.class,
            Library.class,
            Start.class,
            Rehearsal.class
        })
public final class Bench {

    private Bench() {}

    /** Held, because the JDK forgets loggers that nobody holds, and their levels with them. */
    private static final java.util.logging.Logger SRTP = java.util.logging.Logger.getLogger("org.jitsi");

    public static void main(String[] args) {
        // The figures are what is to be read; what the participants' connections say is not.
        SRTP.setLevel(java.util.logging.Level.WARNING);
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(ch.qos.logback.classic.Level.WARN);
        }
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
