package org.everytake.studio.main;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.FullDisk;
import org.everytake.studio.config.Settings;
import org.everytake.studio.config.SettingsReader;

/**
 * The program: a command with its flags. Ends with 0 after SIGTERM or Ctrl-C, with 1 when something of ours failed,
 * and with 2 and one sentence when whoever started it can mend it.
 */
public final class Main {
    private static final int MENDABLE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        try {
            List<String> words = List.of(arguments);
            if (!words.isEmpty() && words.getFirst().equals(Verify.COMMAND)) {
                System.exit(Verify.run(words.subList(1, words.size()), here()));
            }
            if (!words.isEmpty() && words.getFirst().equals(Export.COMMAND)) {
                System.exit(Export.run(words.subList(1, words.size()), here()));
            }
            if (!run(Arguments.parse(arguments))) {
                System.exit(0);
            }
        } catch (CannotStart e) {
            System.err.println(e.sentence());
            System.exit(MENDABLE);
        } catch (RuntimeException e) {
            if (FullDisk.isWhy(e)) {
                System.err.println(
                        "Everytake cannot start: its disk is full. Make room on it, at least 200 MB, and start again."
                                + " Nothing that was recorded is lost.");
                System.exit(MENDABLE);
            }
            System.err.println("Everytake cannot start because of a mistake of its own:");
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** Returns true when a server runs, which then goes on after this thread has ended. */
    private static boolean run(Arguments arguments) throws CannotStart {
        if (arguments.command() == Command.HELP) {
            System.out.print(Usage.text());
            return false;
        }
        Settings settings = SettingsReader.read(arguments.flags(), System.getenv(), arguments.config(), here());
        Logging.configure(settings.logFormat());
        switch (arguments.command()) {
            case BACKUP -> System.out.println(Backups.make(settings, Objects.requireNonNull(arguments.file())));
            case RESTORE -> System.out.println(Backups.restore(settings, Objects.requireNonNull(arguments.file())));
            case ROTATE_MASTER_KEY -> System.out.println(Rotation.of(settings));
            case SERVE, HELP -> {
                serve(settings, arguments.newAdminLink());
                return true;
            }
        }
        return false;
    }

    private static void serve(Settings settings, boolean newAdminLink) throws CannotStart {
        Studio studio = Studio.open(settings);
        Ending.onSignal(studio);
        System.out.println("Everytake is at " + studio.link());
        studio.adminLink(newAdminLink).ifPresent(link -> System.out.println("Become its admin at " + link));
        System.out.flush();
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
