package org.everytake.studio.main;

import java.util.ArrayList;
import java.util.List;
import org.everytake.studio.config.Setting;
import org.everytake.studio.config.SettingsReader;
import org.everytake.studio.export.ExportFormat;

/** What the help says. */
final class Usage {
    private static final int WIDTH = 100;
    private static final int LEFT = 32;

    private Usage() {}

    static String text() {
        List<String> lines = new ArrayList<>();
        for (Command command : Command.values()) {
            if (command != Command.HELP) {
                String file = command.takesFile() ? " " + command.shape() : "";
                lines.add((command == Command.SERVE ? "Usage: " : "       ") + "everytake " + command.word() + file
                        + " [FLAG...]");
            }
        }
        lines.add("       everytake verify [DATA|RECORDING] (see its --help)");
        lines.add("       everytake export RECORDING FORMAT (see its --help)");
        lines.add("");
        for (Command command : Command.values()) {
            if (command != Command.HELP) {
                flag(lines, command.word(), command.description());
            }
        }
        lines.add("");
        flag(lines, "-h, --help", "this help");
        flag(
                lines,
                Arguments.SETTINGS_FILE + "=FILE",
                "settings file; without it " + SettingsReader.FILE + " here, if there is one");
        for (Setting setting : Setting.values()) {
            if (setting.hasFlag()) {
                String fallback = setting.fallback().isEmpty() ? "" : " (" + setting.fallback() + ")";
                flag(lines, setting.flag() + "=" + setting.shape(), setting.description() + fallback);
            }
        }
        flag(
                lines,
                Arguments.NEW_ADMIN_LINK,
                "prints a link to become admin, though there is one: for whoever lost their way in");
        lines.add("");
        lines.addAll(wrapped(
                "Each setting can also be a variable (EVERYTAKE_UDP_PORT for --udp-port) or a line of "
                        + SettingsReader.FILE + "; a flag wins over a variable, a variable over the file. Secrets"
                        + " are only taken from a variable or the file: flags can be read by every user of the machine.",
                ""));
        return String.join("\n", lines) + "\n";
    }

    static String ofVerify() {
        List<String> lines = new ArrayList<>();
        lines.add("Usage: everytake verify [DATA|RECORDING] [--data=FOLDER] [--config=FILE]");
        lines.addAll(wrapped(
                "Reads all that was recorded, to the last byte: tape on the spool and in the vault, the files made of it,"
                        + " and their keys. Says in one line each what is whole, being written, damaged or missing, and at"
                        + " the end the sum. It needs neither the server nor its database, writes nothing, and may run"
                        + " beside a server.",
                ""));
        lines.add("");
        flag(lines, "DATA", "a data folder; without it that of the settings");
        flag(
                lines,
                "RECORDING",
                "one recording: its id, or its folder, such as data/spool/0199a0de-0000-7000-8000-000000000001");
        flag(lines, "-h, --help", "this help");
        flag(lines, Setting.DATA.flag() + "=" + Setting.DATA.shape(), Setting.DATA.description());
        flag(lines, Arguments.SETTINGS_FILE + "=FILE", "settings file that says so");
        lines.add("");
        lines.addAll(wrapped(
                "The exit status is 0 if all is whole, 1 if something is damaged or missing, and 2 if it could not look.",
                ""));
        return String.join("\n", lines) + "\n";
    }

    static String ofExport() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Usage: everytake export [RECORDING FORMAT] [--to=FILE] [--person=NAME] [--data=FOLDER] [--config=FILE]");
        lines.addAll(wrapped(
                "Makes a file of a recording, from its tape and the master key alone: it needs neither the server nor its"
                        + " database, changes nothing of the data, and may run beside a server. Without a recording it"
                        + " says which there are.",
                ""));
        lines.add("");
        flag(lines, "RECORDING", "its id");
        for (ExportFormat format : ExportFormat.values()) {
            flag(lines, format.flag(), format.description());
        }
        flag(lines, Export.TO + "=FILE", "the file that is made; without it one here, by the recording's title");
        flag(lines, Export.PERSON + "=NAME", "who is to be in it alone, by name or id; not in an archive");
        flag(lines, "-h, --help", "this help");
        flag(lines, Setting.DATA.flag() + "=" + Setting.DATA.shape(), Setting.DATA.description());
        flag(lines, Setting.FFMPEG.flag() + "=" + Setting.FFMPEG.shape(), Setting.FFMPEG.description());
        flag(lines, Arguments.SETTINGS_FILE + "=FILE", "settings file that says so");
        lines.add("");
        lines.addAll(wrapped(
                "What of the tape is damaged is left out, and said. The exit status is 0 if all is in the file, 1 if"
                        + " something is missing in it, and 2 if there is none.",
                ""));
        return String.join("\n", lines) + "\n";
    }

    private static void flag(List<String> lines, String name, String description) {
        List<String> right = wrapped(description, " ".repeat(LEFT));
        String left = "  " + name;
        if (left.length() < LEFT) {
            lines.add(left + right.getFirst().substring(left.length()));
            lines.addAll(right.subList(1, right.size()));
        } else {
            lines.add(left);
            lines.addAll(right);
        }
    }

    private static List<String> wrapped(String text, String indent) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() > indent.length()) {
                if (line.length() + 1 + word.length() > WIDTH) {
                    lines.add(line.toString());
                    line = new StringBuilder(indent);
                } else {
                    line.append(' ');
                }
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
