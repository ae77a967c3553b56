package org.everytake.bench.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.measure.Tool;

/**
 * What is in a RAW archive, by the archive's index and by its files themselves.
 *
 * @param packets of all files
 * @param missing sequence numbers that are missing, by the index or in a file
 * @param wrongSums files whose bytes are not those that the archive says
 * @param wrongSounds packets of sound after which the clip does not go on as it does
 * @param worstMillis how far a timestamp is from its arrival, of the worst packet of all
 * @param endMillis how far the last packet's place in the session is from its arrival, by the archive's fit of the clock
 * @param skewPpm by how many millionths the fit of a clock is wrong
 * @param shortestSeconds of the shortest file, from its first packet to its last
 */
record ArchiveCheck(
        int files,
        long packets,
        long missing,
        int wrongSums,
        long wrongSounds,
        double worstMillis,
        double endMillis,
        double skewPpm,
        double shortestSeconds) {

    /** @param folder to unpack it into, by the machine's own tar */
    static ArchiveCheck of(Path archive, Path folder, List<Performer> performers) throws IOException {
        Tool.run("tar", "--warning=no-timestamp", "-xzf", archive.toString(), "-C", folder.toString());
        Path media = folder.resolve("day").resolve("day");
        JsonNode info = new ObjectMapper().readTree(media.resolve("info.json").toFile());
        Sum sum = new Sum(Files.readString(media.resolve("SHA256SUMS")));
        for (JsonNode file : info.path("files")) {
            for (Performer performer : performers) {
                if (performer.card().name().equals(file.path("participant").asText())) {
                    sum.add(file, media.resolve(file.path("name").asText()), performer);
                }
            }
        }
        return sum.check();
    }

    private static final class Sum {
        private final String sums;
        private int files;
        private long packets;
        private long missing;
        private int wrongSums;
        private long wrongSounds;
        private double worstMillis;
        private double endMillis;
        private double skewPpm;
        private double shortestSeconds = Double.MAX_VALUE;

        /** @param sums as {@code sha256sum} writes them */
        Sum(String sums) {
            this.sums = sums;
        }

        void add(JsonNode index, Path path, Performer performer) throws IOException {
            SoundOrder sounds = new SoundOrder(performer.clip().audio());
            boolean isSound = index.path("codec").path("name").asText().equalsIgnoreCase("opus");
            MjrFile file = MjrFile.read(
                    path,
                    index.path("codec").path("clockRate").asInt(),
                    performer.skewPpm(),
                    isSound ? sounds : (packet, settled) -> {});
            files++;
            packets += file.packets();
            missing += file.jumps() + index.path("dropped").asLong();
            for (JsonNode gap : index.path("gaps")) {
                missing += gap.path("last").asLong() - gap.path("first").asLong() + 1;
            }
            boolean isWhole = sums.contains(file.sha256() + "  " + path.getFileName() + "\n")
                    && index.path("bytes").asLong() == Files.size(path)
                    && index.path("packets").asLong() == file.packets();
            wrongSums += isWhole ? 0 : 1;
            wrongSounds += sounds.wrong();
            worstMillis = Math.max(worstMillis, file.worstMillis());
            JsonNode last = index.path("last");
            double end = (last.path("sessionNanos").asLong()
                            - last.path("arrivalNanos").asLong())
                    / 1e6;
            endMillis = Math.max(endMillis, Math.abs(end));
            // It says how much faster session time is than the sender's, which is the other way round.
            double fit = index.path("clock").path("partsPerMillion").asDouble();
            skewPpm = Math.max(skewPpm, Math.abs(fit + performer.skewPpm()));
            shortestSeconds = Math.min(shortestSeconds, file.seconds());
        }

        ArchiveCheck check() {
            return new ArchiveCheck(
                    files,
                    packets,
                    missing,
                    wrongSums,
                    wrongSounds,
                    worstMillis,
                    endMillis,
                    skewPpm,
                    files == 0 ? 0 : shortestSeconds);
        }
    }
}
