package org.everytake.render.ffmpeg;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.everytake.render.Coding;
import org.everytake.render.RenderFault;
import org.jspecify.annotations.Nullable;

/** The FFmpeg tool of this machine, tried out. Immutable. */
public final class Ffmpeg {
    /** What a child may allocate; a limit on address space would kill encoders that only reserve it. */
    private static final long MOST_DATA_BYTES = 2L << 30;

    private static final int TRIAL_SECONDS = 20;

    /** A user whom systems give to nobody else: beyond those of systemd and of Debian, and not {@code nobody}. */
    private static final int USER = 65_530;

    private static final List<String> UNPRIVILEGED = List.of(
            "setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--no-new-privs", "--inh-caps=-all");

    private final Path tool;
    private final String version;
    private final Map<Coding, String> encoders;
    private final Set<Coding> decodable;
    private final List<String> prefix;
    private final boolean unprivileged;

    private Ffmpeg(Path tool, String version, Map<Coding, String> encoders, Set<Coding> decodable) {
        this.tool = tool;
        this.version = version;
        this.encoders = Map.copyOf(encoders);
        this.decodable = Set.copyOf(decodable);
        this.unprivileged = isRoot() && works(tool);
        this.prefix = prefix(unprivileged);
    }

    /**
     * Finds the tool: the one that a setting names, else {@code ffmpeg} on the PATH.
     *
     * @throws RenderFault with a sentence that says what is missing and how to get it
     */
    public static Ffmpeg find(@Nullable Path setting) throws RenderFault {
        Path tool = setting != null ? setting : onPath("ffmpeg");
        if (tool == null) {
            throw new RenderFault("FFmpeg is not on the PATH. Install it (apt-get install ffmpeg) or name it in the"
                    + " setting for FFmpeg.");
        }
        if (!Files.isExecutable(tool)) {
            throw new RenderFault("FFmpeg cannot be run: " + tool + " is missing or not executable.");
        }
        String known = output(tool, "-encoders");
        Map<Coding, String> encoders = encoders(known);
        if (!encoders.containsKey(Coding.H264) || !known.contains(" aac ")) {
            throw new RenderFault(
                    "FFmpeg at " + tool + " lacks an encoder: it must have libx264 or libopenh264," + " and aac.");
        }
        Set<Coding> decodable = decodable(output(tool, "-decoders"));
        return new Ffmpeg(tool, version(output(tool, "-version")), encoders, decodable);
    }

    public Path tool() {
        return tool;
    }

    /** As the tool names it, for instance {@code 5.1.9-0+deb12u1}; goes into manifests. */
    public String version() {
        return version;
    }

    /**
     * Its encoder for a coding, for instance {@code libx264}.
     *
     * @throws RenderFault if it has none, with a sentence
     */
    public String encoder(Coding coding) throws RenderFault {
        String encoder = encoders.get(coding);
        if (encoder == null) {
            throw new RenderFault("FFmpeg at " + tool + " has no encoder for " + coding + ": it would need "
                    + String.join(" or ", candidates(coding))
                    + ". Install a build that has it, or ask for another format.");
        }
        return encoder;
    }

    /** Whether it has a decoder for pictures that are coded so. */
    public boolean decodes(Coding coding) {
        return decodable.contains(coding);
    }

    private static Map<Coding, String> encoders(String known) {
        Map<Coding, String> encoders = new EnumMap<>(Coding.class);
        for (Coding coding : Coding.values()) {
            candidates(coding).stream()
                    .filter(encoder -> known.contains(" " + encoder + " "))
                    .findFirst()
                    .ifPresent(encoder -> encoders.put(coding, encoder));
        }
        return encoders;
    }

    /** The encoders that we know how to use, the better one first. */
    private static List<String> candidates(Coding coding) {
        return switch (coding) {
            case VP8 -> List.of("libvpx");
            case VP9 -> List.of("libvpx-vp9");
            case H264 -> List.of("libx264", "libopenh264");
            case AV1 -> List.of("libsvtav1", "libaom-av1");
            case OPUS -> List.of("libopus");
            case PCMU, PCMA -> List.of(); // nothing is made of telephone sound
        };
    }

    private static Set<Coding> decodable(String decoders) {
        return Stream.of(Coding.values())
                .filter(coding -> switch (coding) {
                    case VP8 -> decoders.contains(" vp8 ") || decoders.contains(" libvpx ");
                    case VP9 -> decoders.contains(" vp9 ") || decoders.contains(" libvpx-vp9 ");
                    case H264 -> decoders.contains(" h264 ");
                    // its own needs a graphics card
                    case AV1 -> decoders.contains(" libdav1d ") || decoders.contains(" libaom-av1 ");
                    case OPUS, PCMU, PCMA -> false; // not its work
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Gives a folder and the files in it to whom children run as. They must name them relative to that folder, which is
     * where they work: those above it may be closed to them.
     */
    public void handOver(Path folder) throws IOException {
        if (unprivileged) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.setAttribute(file, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
                }
            }
            Files.setAttribute(folder, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Limits where this machine can set them: on memory, on files, of which none may be written but for pipes, on its part. */
    private static List<String> prefix(boolean unprivileged) {
        List<String> prefix = new ArrayList<>();
        Path nice = onPath("nice");
        if (nice != null) { // behind everything that cannot wait, such as a call
            prefix.addAll(List.of(nice.toString(), "-n", "10"));
        }
        Path limiter = onPath("prlimit");
        if (limiter != null) {
            prefix.addAll(List.of(limiter.toString(), "--data=" + MOST_DATA_BYTES, "--core=0", "--fsize=0"));
        }
        if (unprivileged) {
            prefix.addAll(UNPRIVILEGED);
        }
        return List.copyOf(prefix);
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether the tool can be run as somebody without rights: it may be there for root only. */
    private static boolean works(Path tool) {
        List<String> trial = new ArrayList<>(UNPRIVILEGED);
        trial.addAll(List.of(tool.toString(), "-version"));
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                return process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false; // there is no setpriv
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The command of a child: quiet, never asking, with limits, and of nobody in particular if this program is root. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(tool.toString(), "-nostdin", "-hide_banner", "-loglevel", "error", "-nostats"));
        command.addAll(arguments);
        return command;
    }

    private static String version(String text) {
        String[] words = text.split("\\s+", 4);
        return words.length > 2 ? words[2] : "unknown";
    }

    private static @Nullable Path onPath(String name) {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static String output(Path tool, String question) throws RenderFault {
        try {
            Process process = new ProcessBuilder(tool.toString(), "-nostdin", "-hide_banner", question)
                    .redirectErrorStream(true)
                    .start();
            try {
                process.getOutputStream().close();
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new RenderFault("FFmpeg at " + tool + " does not answer " + question + ".");
                }
                return text;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new RenderFault("FFmpeg cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RenderFault("Interrupted while FFmpeg was tried out.", e);
        }
    }
}
