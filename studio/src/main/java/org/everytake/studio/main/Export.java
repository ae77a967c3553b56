package org.everytake.studio.main;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.config.DataLayout;
import org.everytake.studio.config.Setting;
import org.everytake.studio.config.Settings;
import org.everytake.studio.config.SettingsReader;
import org.everytake.studio.export.ExportFormat;
import org.everytake.studio.export.Exporter;
import org.everytake.studio.inspect.TapesAtRest;
import org.everytake.studio.library.FileNames;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.jspecify.annotations.Nullable;

/**
 * {@code everytake export}: what is to be made of which recording, and its exit status.
 *
 * @param recording its id; null to be told what there is
 * @param person who is to be in it alone, or null
 * @param to the file that is made; null for one here by the recording's title
 * @param flags settings of the command line
 * @param config the settings file that was named, or null
 */
record Export(
        @Nullable String recording,
        ExportFormat format,
        @Nullable String person,
        @Nullable String to,
        Map<Setting, String> flags,
        @Nullable Path config) {
    static final String COMMAND = "export";
    static final String PERSON = "--person";
    static final String TO = "--to";

    private static final Set<Setting> SETTINGS = Set.of(Setting.DATA, Setting.FFMPEG);
    private static final int WHOLE = 0;
    private static final int NOT_WHOLE = 1;
    private static final int COULD_NOT = 2;
    private static final int MOST_LISTED = 50;
    private static final int MOST_REMARKS = 20;

    /**
     * Makes the file, and says on standard output which it is.
     *
     * @param words those behind the command's own
     */
    static int run(List<String> words, Path here) throws CannotStart {
        if (words.stream().anyMatch(Arguments.HELP::contains)) {
            System.out.print(Usage.ofExport());
            return WHOLE;
        }
        Logging.configure(Settings.LogFormat.PLAIN);
        try {
            return parse(words).run(System.getenv(), here);
        } catch (IOException e) {
            throw new CannotStart("The export failed: " + e.getMessage() + ".", e);
        } catch (TapeFault | RenderFault e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return COULD_NOT;
        } finally {
            System.out.flush();
        }
    }

    static Export parse(List<String> words) throws CannotStart {
        String recording = null;
        ExportFormat format = null;
        String person = null;
        String to = null;
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        Path config = null;
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            ExportFormat named = format(word);
            if (named != null) {
                if (format != null) {
                    throw wrong("Of " + format.flag() + " and " + word + " only one can be made at a time");
                }
                format = named;
                continue;
            }
            if (!word.startsWith("-")) {
                if (recording != null) {
                    throw wrong("Unknown argument: '" + word + "'");
                }
                recording = word;
                continue;
            }
            int sign = word.indexOf('=');
            String name = sign < 0 ? word : word.substring(0, sign);
            Setting setting = SETTINGS.stream()
                    .filter(one -> one.flag().equals(name))
                    .findFirst()
                    .orElse(null);
            boolean known = setting != null
                    || List.of(PERSON, TO, Arguments.SETTINGS_FILE).contains(name);
            if (!known) {
                throw wrong("Unknown option: '" + name + "'");
            }
            if (sign < 0 && !left.hasNext()) {
                throw wrong("The option " + name + " needs a value");
            }
            String value = sign < 0 ? left.next() : word.substring(sign + 1);
            if (setting != null) {
                flags.put(setting, value);
            } else if (name.equals(PERSON)) {
                person = value;
            } else if (name.equals(TO)) {
                to = value;
            } else {
                config = Path.of(value);
            }
        }
        ExportFormat wanted = format == null ? ExportFormat.RAW : format;
        if (recording != null && format == null) {
            throw wrong("Say what is to be made: --raw, --zip, --mp4, --webm, --mp3, --wav, --flac or --mov");
        }
        if (wanted == ExportFormat.MOV && person == null) {
            throw wrong("A --mov is of one person: name them with " + PERSON);
        }
        if (person != null && !wanted.isRendered()) {
            throw wrong("An archive is of everybody: leave out " + PERSON);
        }
        return new Export(recording, wanted, person, to, flags, config);
    }

    private static @Nullable ExportFormat format(String word) {
        for (ExportFormat format : ExportFormat.values()) {
            if (format.flag().equals(word)) {
                return format;
            }
        }
        return null;
    }

    private int run(Map<String, String> environment, Path here)
            throws CannotStart, IOException, TapeFault, RenderFault, InterruptedException {
        Settings settings = SettingsReader.read(flags, environment, config, here);
        DataLayout data = DataFolder.look(settings.data().folder());
        TapesAtRest tapes = TapesAtRest.of(data, MasterKeySource.look(settings.data(), data.masterKey()));
        Set<String> there = tapes.recordings();
        String asked = recording;
        if (asked == null) {
            System.out.println(list(tapes, there));
            return WHOLE;
        }
        if (!there.contains(asked)) {
            throw new CannotStart("There is no recording " + asked + " in " + data.root() + ". " + list(tapes, there));
        }
        Ffmpeg ffmpeg =
                format.isRendered() ? Ffmpeg.find(settings.tools().ffmpeg().orElse(null)) : null;
        try (RecordedTape tape = tapes.open(asked)) {
            String title = tape.started().title();
            Path file = here.resolve(
                    to == null
                            ? FileNames.unused(
                                    person == null ? title : title + " - " + person,
                                    format.extension(),
                                    new HashSet<>())
                            : to);
            List<String> missing = new Exporter(tape, progress()).export(format, person, file, ffmpeg);
            System.out.println(file);
            missing.stream().limit(MOST_REMARKS).forEach(System.err::println);
            if (missing.size() > MOST_REMARKS) {
                System.err.println("And " + (missing.size() - MOST_REMARKS) + " more of the kind.");
            }
            return missing.isEmpty() ? WHOLE : NOT_WHOLE;
        }
    }

    /** What there is, the newest first: ids begin with the time. */
    private static String list(TapesAtRest tapes, Set<String> ids) {
        if (ids.isEmpty()) {
            return "There are no recordings.";
        }
        StringBuilder list = new StringBuilder("There are:");
        ids.stream()
                .sorted((one, other) -> other.compareTo(one))
                .limit(MOST_LISTED)
                .forEach(id -> {
                    list.append(System.lineSeparator()).append("  ").append(id).append("  ");
                    try (RecordedTape tape = tapes.open(id)) {
                        list.append(tape.started().zero())
                                .append("  ")
                                .append(tape.started().title());
                    } catch (IOException | TapeFault e) {
                        list.append(e.getMessage());
                    }
                });
        if (ids.size() > MOST_LISTED) {
            list.append(System.lineSeparator())
                    .append("  and ")
                    .append(ids.size() - MOST_LISTED)
                    .append(" older ones");
        }
        return list.toString();
    }

    /** On a terminal, how far it is, in one line that is written over. */
    private static Progress progress() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Progress.SILENT;
        }
        return fraction -> {
            System.err.printf("\r%3d %%%s", Math.round(fraction * 100), fraction < 1 ? "" : "\r     \r");
            System.err.flush();
        };
    }

    private static CannotStart wrong(String what) {
        return new CannotStart(what + ". See everytake export --help.");
    }
}
