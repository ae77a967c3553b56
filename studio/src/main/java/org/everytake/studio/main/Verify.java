package org.everytake.studio.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.config.DataLayout;
import org.everytake.studio.config.Setting;
import org.everytake.studio.config.Settings;
import org.everytake.studio.config.SettingsReader;
import org.everytake.studio.inspect.Verification;
import org.everytake.tape.read.SpoolFolder;
import org.jspecify.annotations.Nullable;

/**
 * {@code everytake verify}: what it is asked to look at, and its exit status.
 *
 * @param what a data folder, a recording's folder in one, or a recording's id; null for the data folder of the settings
 * @param flags that say where the data folder is
 * @param config the settings file that was named, or null
 */
record Verify(
        @Nullable String what,
        Map<Setting, String> flags,
        @Nullable Path config) {
    static final String COMMAND = "verify";

    private static final int ALL_WHOLE = 0;
    private static final int NOT_WHOLE = 1;
    private static final int COULD_NOT_LOOK = 2;

    /** A data folder, and the one recording of it that is asked for. */
    record Target(DataLayout data, Optional<String> recording) {}

    /**
     * Looks, and says on standard output what it finds.
     *
     * @param words those behind the command's own
     */
    static int run(List<String> words, Path here) throws CannotStart {
        if (words.stream().anyMatch(Arguments.HELP::contains)) {
            System.out.print(Usage.ofVerify());
            return ALL_WHOLE;
        }
        Logging.configure(Settings.LogFormat.PLAIN);
        try {
            Verify asked = parse(words);
            Target target = asked.target(System.getenv(), here);
            Settings.Data settings = SettingsReader.read(asked.flags(), System.getenv(), asked.config(), here)
                    .data();
            Verification verification = Verification.of(
                    target.data(), MasterKeySource.look(settings, target.data().masterKey()));
            boolean whole = target.recording().isPresent()
                    ? verification.one(target.recording().get(), System.out::println)
                    : verification.all(System.out::println);
            return whole ? ALL_WHOLE : NOT_WHOLE;
        } catch (RuntimeException e) {
            System.err.println("Everytake cannot look because of a mistake of its own:");
            e.printStackTrace();
            return COULD_NOT_LOOK;
        } finally {
            System.out.flush();
        }
    }

    static Verify parse(List<String> words) throws CannotStart {
        String what = null;
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        Path config = null;
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            if (!word.startsWith("-")) {
                if (what != null) {
                    throw wrong("Unknown argument: '" + word + "'");
                }
                what = word;
                continue;
            }
            int sign = word.indexOf('=');
            String name = sign < 0 ? word : word.substring(0, sign);
            boolean data = name.equals(Setting.DATA.flag());
            if (!data && !name.equals(Arguments.SETTINGS_FILE)) {
                throw wrong("Unknown option: '" + name + "'");
            }
            if (sign < 0 && !left.hasNext()) {
                throw wrong("The option " + name + " needs a value");
            }
            String value = sign < 0 ? left.next() : word.substring(sign + 1);
            if (data) {
                flags.put(Setting.DATA, value);
            } else {
                config = Path.of(value);
            }
        }
        return new Verify(what, flags, config);
    }

    /** @param here what relative paths are relative to */
    Target target(Map<String, String> environment, Path here) throws CannotStart {
        Path path = here.resolve(what == null ? "" : what).normalize();
        if (what == null || (SpoolFolder.isRecording(what) && !Files.isDirectory(path))) {
            Path root =
                    SettingsReader.read(flags, environment, config, here).data().folder();
            return new Target(DataFolder.look(root), Optional.ofNullable(what));
        }
        for (Path folder = path; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(new DataLayout(folder).version())) {
                DataLayout data = DataFolder.look(folder);
                return new Target(data, folder.equals(path) ? Optional.empty() : Optional.of(recording(data, path)));
            }
        }
        throw new CannotStart(path + " is neither a data folder of Everytake nor in one.");
    }

    private static String recording(DataLayout data, Path path) throws CannotStart {
        String name = String.valueOf(path.getFileName());
        Path folder = path.getParent();
        boolean known = data.spool().equals(folder)
                || data.vault().resolve("recordings").equals(folder);
        if (!known || !SpoolFolder.isRecording(name)) {
            throw new CannotStart(path + " is no recording's folder; those are in " + data.spool() + ".");
        }
        return name;
    }

    private static CannotStart wrong(String what) {
        return new CannotStart(what + ". See everytake verify --help.");
    }
}
