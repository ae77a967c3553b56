package org.everytake.e2e.demo;

import com.microsoft.playwright.PlaywrightException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.measure.TestCard;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake demo}: see the whole product work without people. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a throw-away server and Chromium participants, records them, and measures what came out.")
public final class Demo implements Callable<Integer> {

    private static final int PLAYS = 0;
    private static final int FALLS_SHORT = 1;
    private static final int CANNOT_START = 2;

    @Option(names = "--seconds", defaultValue = "30", description = "how long to record (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--participants", defaultValue = "2", description = "how many (default: ${DEFAULT-VALUE})")
    private int participants;

    @Option(names = "--out", defaultValue = "demo", description = "folder for the files (default: ./${DEFAULT-VALUE})")
    private Path out = Path.of("demo");

    public static void main(String[] args) {
        System.exit(new CommandLine(new Demo()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (participants < 1 || participants > TestCard.most()) {
            System.err.println("Participants must be from 1 to " + TestCard.most() + ".");
            return CANNOT_START;
        }
        if (seconds < 5 || seconds > 3600) {
            System.err.println("Seconds must be from 5 to 3600.");
            return CANNOT_START;
        }
        Progress progress = new Progress(System.out, terminal());
        try {
            DemoReport report = new DemoRun(seconds, participants, out.toAbsolutePath(), progress).run();
            report.write(out.resolve("report.json"));
            report.lines().forEach(progress::say);
            progress.say("The files are in " + out + ".");
            return report.everyFilePlays() ? PLAYS : FALLS_SHORT;
        } catch (IOException | TimeoutException | PlaywrightException failed) {
            progress.say("The demo failed: " + failed.getMessage());
            return FALLS_SHORT;
        }
    }

    /** A running line can be overwritten only on a terminal. */
    @SuppressWarnings("SystemConsoleNull") // with some settings of the JDK there is none
    private static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
