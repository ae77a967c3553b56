package org.everytake.render.ffmpeg;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private final Path tool;
    private final String version;
    private final String videoEncoder;
    private final Set<Coding> decodable;
    private final @Nullable Path limiter;

    private Ffmpeg(Path tool, String version, String videoEncoder, Set<Coding> decodable, @Nullable Path limiter) {
        this.tool = tool;
        this.version = version;
        this.videoEncoder = videoEncoder;
        this.decodable = Set.copyOf(decodable);
        this.limiter = limiter;
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
        String encoders = output(tool, "-encoders");
        String videoEncoder =
                encoders.contains(" libx264 ") ? "libx264" : encoders.contains(" libopenh264 ") ? "libopenh264" : null;
        if (videoEncoder == null || !encoders.contains(" aac ")) {
            throw new RenderFault(
                    "FFmpeg at " + tool + " lacks an encoder: it must have libx264 or libopenh264," + " and aac.");
        }
        Set<Coding> decodable = decodable(output(tool, "-decoders"));
        return new Ffmpeg(tool, version(output(tool, "-version")), videoEncoder, decodable, onPath("prlimit"));
    }

    public Path tool() {
        return tool;
    }

    /** As the tool names it, for instance {@code 5.1.9-0+deb12u1}; goes into manifests. */
    public String version() {
        return version;
    }

    /** The H.264 encoder that it has: {@code libx264}, else {@code libopenh264}. */
    public String videoEncoder() {
        return videoEncoder;
    }

    /** Whether it has a decoder for pictures that are coded so. */
    public boolean decodes(Coding coding) {
        return decodable.contains(coding);
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

    /** The command of a child: quiet, never asking, with a limit on memory where this machine can set one. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (limiter != null) {
            command.addAll(List.of(limiter.toString(), "--data=" + MOST_DATA_BYTES, "--core=0"));
        }
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
