package org.everytake.studio.main;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What was typed. Read by ourselves, because a library for it would take a tenth of the start, and all that there is to
 * read are flags with one value each, and one without.
 *
 * @param command what is to be done
 * @param file what a command works on; null of one that needs none
 * @param config the settings file that was named, or null
 * @param newAdminLink whether a link to become admin is wanted, though there is one
 */
record Arguments(
        Command command,
        @Nullable Path file,
        Map<Setting, String> flags,
        @Nullable Path config,
        boolean newAdminLink) {
    static final List<String> HELP = List.of("-h", "--help");
    static final String SETTINGS_FILE = "--config";
    static final String NEW_ADMIN_LINK = "--new-admin-link";

    static Arguments parse(String... words) throws CannotStart {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        Command command = Command.HELP;
        Path file = null;
        Path config = null;
        boolean newAdminLink = false;
        Iterator<String> left = List.of(words).iterator();
        while (left.hasNext()) {
            String word = left.next();
            if (HELP.contains(word)) {
                return new Arguments(Command.HELP, null, flags, config, newAdminLink);
            } else if (command == Command.HELP) {
                command = Command.named(word)
                        .orElseThrow(() -> wrong(
                                (word.startsWith("-") ? "Unknown option: '" : "Unknown command: '") + word + "'"));
            } else if (word.equals(NEW_ADMIN_LINK) && command == Command.SERVE) {
                newAdminLink = true;
            } else if (!word.startsWith("-") && command.takesFile() && file == null) {
                file = Path.of(word);
            } else {
                int sign = word.startsWith("--") ? word.indexOf('=') : -1;
                String name = sign < 0 ? word : word.substring(0, sign);
                Setting setting = setting(name);
                if (setting == null && !name.equals(SETTINGS_FILE)) {
                    throw wrong((name.startsWith("-") ? "Unknown option: '" : "Unknown argument: '") + name + "'");
                }
                String value = sign < 0 ? value(name, left) : word.substring(sign + 1);
                if (setting == null) {
                    config = Path.of(value);
                } else {
                    flags.put(setting, value);
                }
            }
        }
        if (command.takesFile() && file == null) {
            throw wrong("The command " + command.word() + " needs " + command.file());
        }
        return new Arguments(command, file, flags, config, newAdminLink);
    }

    private static String value(String name, Iterator<String> left) throws CannotStart {
        if (!left.hasNext()) {
            throw wrong("The option " + name + " needs a value");
        }
        return left.next();
    }

    private static @Nullable Setting setting(String name) {
        for (Setting setting : Setting.values()) {
            if (setting.hasFlag() && setting.flag().equals(name)) {
                return setting;
            }
        }
        return null;
    }

    private static CannotStart wrong(String what) {
        return new CannotStart(what + ". See everytake serve --help.");
    }
}
