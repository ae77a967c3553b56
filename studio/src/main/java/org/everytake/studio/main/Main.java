package org.everytake.studio.main;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Setting;
import org.everytake.studio.config.Settings;
import org.everytake.studio.config.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The program: {@code serve} with its flags. Ends with 0 after SIGTERM or Ctrl-C, with 1 when something of ours failed,
 * and with 2 and one sentence when whoever started it can mend it.
 */
public final class Main {
    private static final int MENDABLE = 2;
    private static final String SETTINGS_FILE = "--config";

    private Main() {}

    public static void main(String[] arguments) {
        try {
            if (!serve(arguments)) {
                System.exit(0);
            }
        } catch (CannotStart e) {
            System.err.println(e.sentence());
            System.exit(MENDABLE);
        } catch (RuntimeException e) {
            System.err.println("Everytake cannot start because of a mistake of its own:");
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** Returns true when a server runs, which then goes on after this thread has ended. */
    private static boolean serve(String[] arguments) throws CannotStart {
        var line = new CommandLine(everytake());
        ParseResult parsed;
        try {
            parsed = line.parseArgs(arguments);
        } catch (ParameterException e) {
            throw new CannotStart(e.getMessage() + ". See everytake serve --help.", e);
        }
        ParseResult serve = parsed.subcommand();
        if (serve == null || parsed.isUsageHelpRequested() || serve.isUsageHelpRequested()) {
            var help = serve == null ? line : new CommandLine(serveCommand());
            help.usage(new PrintWriter(System.out, true));
            return false;
        }
        Settings settings = SettingsReader.read(
                flags(serve), System.getenv(), serve.matchedOptionValue(SETTINGS_FILE, (@Nullable Path) null), here());
        Logging.configure(settings.logFormat());
        Studio studio = Studio.open(settings);
        Ending.onSignal(studio);
        System.out.println("Everytake is at " + studio.link());
        System.out.flush();
        return true;
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    private static Map<Setting, String> flags(ParseResult serve) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (setting.hasFlag() && serve.hasMatchedOption(setting.flag())) {
                flags.put(setting, serve.matchedOptionValue(setting.flag(), ""));
            }
        }
        return flags;
    }

    private static CommandSpec everytake() {
        CommandSpec everytake = CommandSpec.create().name("everytake").addOption(help());
        everytake.usageMessage().description("A self-hosted recorder for live sessions.");
        return everytake.addSubcommand("serve", serveCommand());
    }

    private static CommandSpec serveCommand() {
        CommandSpec serve = CommandSpec.create().name("everytake serve").addOption(help());
        serve.addOption(OptionSpec.builder(SETTINGS_FILE)
                .paramLabel("FILE")
                .type(Path.class)
                .description("settings file; without it " + SettingsReader.FILE + " here, if there is one")
                .build());
        for (Setting setting : Setting.values()) {
            if (setting.hasFlag()) {
                String fallback = setting.fallback().isEmpty() ? "" : " (" + setting.fallback() + ")";
                serve.addOption(OptionSpec.builder(setting.flag())
                        .paramLabel(setting.shape())
                        .type(String.class)
                        .description(setting.description() + fallback)
                        .build());
            }
        }
        UsageMessageSpec usage = serve.usageMessage();
        usage.description("Starts the server and prints its link once it answers. Ctrl-C or SIGTERM ends it.");
        usage.footer(
                "",
                "Each setting can also be a variable (EVERYTAKE_UDP_PORT for --udp-port) or a line of "
                        + SettingsReader.FILE + "; a flag wins over a variable, a variable over the file. The"
                        + " password of a database of your own is only taken from EVERYTAKE_DATABASE_PASSWORD or the"
                        + " file.");
        usage.width(100);
        return serve;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("this help")
                .build();
    }
}
