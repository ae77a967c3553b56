package org.everytake.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What ffprobe says of a file. */
public record Probe(String format, double durationSeconds, List<Stream> streams) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One stream; sizes are 0 where they don't apply. */
    public record Stream(
            String kind,
            String codec,
            int width,
            int height,
            String frameRate,
            int channels,
            int sampleRate,
            double startSeconds,
            double durationSeconds) {}

    public static Probe of(Path file) throws IOException {
        byte[][] answer = {new byte[0]};
        Tool.run(
                List.of(
                        Tool.program("ffprobe"),
                        "-v",
                        "error",
                        "-show_streams",
                        "-show_format",
                        "-of",
                        "json",
                        file.toString()),
                null,
                output -> answer[0] = output.readAllBytes(),
                line -> {});
        JsonNode root = JSON.readTree(answer[0]);
        List<Stream> streams = new ArrayList<>();
        for (JsonNode stream : root.path("streams")) {
            streams.add(new Stream(
                    stream.path("codec_type").asText(),
                    stream.path("codec_name").asText(),
                    stream.path("width").asInt(),
                    stream.path("height").asInt(),
                    stream.path("r_frame_rate").asText(),
                    stream.path("channels").asInt(),
                    stream.path("sample_rate").asInt(),
                    stream.path("start_time").asDouble(),
                    stream.path("duration").asDouble()));
        }
        return new Probe(
                root.path("format").path("format_name").asText(),
                root.path("format").path("duration").asDouble(),
                List.copyOf(streams));
    }

    public Stream video() throws IOException {
        return only("video");
    }

    public Stream audio() throws IOException {
        return only("audio");
    }

    private Stream only(String kind) throws IOException {
        Predicate<Stream> wanted = stream -> stream.kind().equals(kind);
        if (streams.stream().filter(wanted).count() != 1) {
            throw new IOException("One " + kind + " stream expected, found " + streams);
        }
        return streams.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Decodes the whole file; empty if every frame decodes without a complaint, else what was complained about. */
    public static Optional<String> complaint(Path file) {
        StringBuilder said = new StringBuilder();
        try {
            Tool.run(
                    List.of(
                            Tool.program("ffmpeg"),
                            "-hide_banner",
                            "-nostdin",
                            "-loglevel",
                            "error",
                            "-i",
                            file.toString(),
                            "-map",
                            "0",
                            "-f",
                            "null",
                            "-"),
                    null,
                    InputStream::readAllBytes,
                    line -> said.append(line).append('\n'));
        } catch (IOException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(said.toString().strip());
    }
}
