package org.everytake.render.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.everytake.render.Progress;
import org.everytake.render.material.Tools;
import org.everytake.tape.read.RecordedTape;

/**
 * An archive that was written, and unpacked by this machine's tar.
 *
 * @param list what the archive says is in it, in its order
 */
record Unpacked(Path archive, List<String> list, Path folder, JsonNode info) {

    static Unpacked of(RecordedTape tape, Path place) throws Exception {
        Path file = place.resolve("raw.tar.gz");
        write(tape, RawFormat.TAR_GZ, file);
        List<String> list = text("tar", "-tzf", file.toString()).lines().toList();
        // whatever this machine's clock says, nothing in it is from the future
        Tools.run("tar", "--warning=no-timestamp", "-xzf", file.toString(), "-C", place.toString());
        Path folder = place.resolve("s1/r1");
        JsonNode info = new ObjectMapper().readTree(folder.resolve("info.json").toFile());
        Unpacked unpacked = new Unpacked(file, list, folder, info);
        unpacked.isWhatTheIndexSays();
        return unpacked;
    }

    static void write(RecordedTape tape, RawFormat format, Path file) throws IOException {
        RawArchive archive = RawArchive.of(tape, Progress.SILENT);
        try (OutputStream out = Files.newOutputStream(file)) {
            archive.write(format, out);
        }
    }

    static String text(String... command) throws IOException {
        return new String(Tools.run(command), StandardCharsets.UTF_8).strip();
    }

    private void isWhatTheIndexSays() throws Exception {
        assertThat(list.getFirst()).isEqualTo("s1/r1/info.json");
        assertThat(list.getLast()).isEqualTo("s1/r1/SHA256SUMS");
        assertThat(files().keySet().stream().map(name -> "s1/r1/" + name))
                .containsExactlyInAnyOrderElementsOf(list.subList(1, list.size() - 1));
        assertThat(text("sh", "-c", "cd " + folder + " && sha256sum --check --strict SHA256SUMS")
                        .lines())
                .hasSize(list.size() - 1)
                .allMatch(line -> line.endsWith(": OK"));
        for (Map.Entry<String, JsonNode> file : files().entrySet()) {
            byte[] bytes = Files.readAllBytes(folder.resolve(file.getKey()));
            assertThat(file.getValue().get("bytes").asLong()).isEqualTo(bytes.length);
            CRC32 crc = new CRC32();
            crc.update(bytes);
            assertThat(file.getValue().get("crc32").asText()).isEqualTo(String.format("%08x", crc.getValue()));
            assertThat(mjr(file.getKey()).packets())
                    .hasSize(file.getValue().get("packets").asInt());
        }
    }

    Map<String, JsonNode> files() {
        Map<String, JsonNode> files = new TreeMap<>();
        info.get("files").forEach(file -> files.put(file.get("name").asText(), file));
        return files;
    }

    JsonNode file(String name) {
        JsonNode file = files().get(name);
        if (file == null) {
            throw new AssertionError("There is no " + name + " but " + files().keySet());
        }
        return file;
    }

    Mjr mjr(String name) throws IOException {
        return Mjr.read(Files.readAllBytes(folder.resolve(name)));
    }

    /** How many packets there are in what Janus's own converter makes of a file, which must be willing. */
    long played(String name, String extension) throws Exception {
        Path file = folder.resolve(name + "." + extension);
        Path log = folder.resolve(name + ".log");
        Process converter = new ProcessBuilder(
                        "janus-pp-rec", folder.resolve(name).toString(), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(converter.waitFor()).as(Files.readString(log)).isZero();
        String count = text(
                "ffprobe",
                "-v",
                "error",
                "-count_packets",
                "-show_entries",
                "stream=nb_read_packets",
                "-of",
                "csv=p=0",
                file.toString());
        return Long.parseLong(count);
    }

    /** Decodes what the converter made; a complaint is an error. */
    void decodes(String name, String extension) throws IOException {
        String file = folder.resolve(name + "." + extension).toString();
        Tools.run("ffmpeg", "-nostdin", "-v", "error", "-i", file, "-f", "null", "-");
    }
}
