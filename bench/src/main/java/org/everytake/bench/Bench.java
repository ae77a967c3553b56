package org.everytake.bench;

import org.everytake.bench.first.First;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./everytake bench}: measures what the product promises. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures what Everytake promises, on this machine.",
        subcommands = First.class)
public final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
