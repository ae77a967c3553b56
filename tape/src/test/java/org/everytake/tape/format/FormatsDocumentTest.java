package org.everytake.tape.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.everytake.tape.Fixtures;
import org.everytake.tape.Kind;
import org.everytake.tape.spool.Take;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/formats.md} says what the code does. */
class FormatsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/formats.md");
    private static final Path SOURCES = Path.of("src/main/java/org/everytake/tape/format");
    private static final Pattern DIAGRAM = Pattern.compile("<pre>\n(.*?) \\* </pre>", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\\| `?([^|`]+?)`? \\| ([0-9][^|]*?) \\|.*");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SegmentHeader",
                "BatchHeader",
                "RecordHeader",
                "EndMark",
                "DescriptionCodec",
                "EventCodec",
                "SnapshotCodec"
            })
    void diagramsAreTheSame(String type) throws IOException {
        Matcher matcher = DIAGRAM.matcher(Files.readString(SOURCES.resolve(type + ".java")));
        assertThat(matcher.find()).as("a diagram in " + type).isTrue();
        String diagram = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
        assertThat(Files.readString(DOCUMENT)).contains("```\n" + diagram + "```");
    }

    @Test
    void numbersAreTheSame() throws IOException {
        Map<String, Long> document = new LinkedHashMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Long before = document.put(row.group(1), Long.decode(row.group(2)));
                assertThat(before == null || row.group(1).matches("DESCRIPTION|END"))
                        .as("%s stands once", row.group(1))
                        .isTrue();
            }
        }
        Map<String, Number> code = new LinkedHashMap<>();
        code.put("segment magic", SegmentHeader.MAGIC);
        code.put("segment version", SegmentHeader.VERSION);
        code.put("segment header bytes", SegmentHeader.BYTES);
        code.put("segment salt offset", SegmentHeader.SALT_OFFSET);
        code.put("segment key check offset", SegmentHeader.KEY_CHECK_OFFSET);
        code.put("segment CRC offset", SegmentHeader.CRC_OFFSET);
        code.put("batch magic", BatchHeader.MAGIC);
        code.put("batch header bytes", BatchHeader.BYTES);
        code.put("batch CRC offset", BatchHeader.CRC_OFFSET);
        code.put("batch tag bytes", BatchHeader.TAG_BYTES);
        code.put("batch most bytes", BatchHeader.MAX_LENGTH);
        code.put("record header bytes", RecordHeader.BYTES);
        code.put("record most bytes", Take.MAX_RECORD_BYTES);
        code.put("event header bytes", EventCodec.HEADER_BYTES);
        code.put("DESCRIBES", BatchHeader.FLAG_DESCRIBES);
        code.put("FINAL", BatchHeader.FLAG_FINAL);
        code.put("PACKET", RecordHeader.PACKET);
        code.put("EVENT", RecordHeader.EVENT);
        code.put("DESCRIPTION", RecordHeader.DESCRIPTION);
        code.put("END", RecordHeader.END);
        code.put("INDEX", RecordHeader.INDEX);
        code.put("RECORDING_STARTED", EventCodec.RECORDING_STARTED);
        code.put("PERSON_JOINED", EventCodec.PERSON_JOINED);
        code.put("PERSON_LEFT", EventCodec.PERSON_LEFT);
        code.put("SOURCE_MUTED", EventCodec.SOURCE_MUTED);
        code.put("TAKE_OPENED", EventCodec.TAKE_OPENED);
        code.put("TAKE_CLOSED", EventCodec.TAKE_CLOSED);
        code.put("SENDER_REPORTED", EventCodec.SENDER_REPORTED);
        code.put("PACKETS_DROPPED", EventCodec.PACKETS_DROPPED);
        code.put("INTERRUPTED", EventCodec.INTERRUPTED);
        code.put("RECORDING_STOPPED", EventCodec.RECORDING_STOPPED);
        for (Kind kind : Kind.values()) {
            code.put(kind.name(), Kinds.code(kind));
        }
        code.forEach((name, value) -> assertThat(document).as(name).containsEntry(name, value.longValue()));
    }

    @Test
    void fieldsLieWhereTheDiagramsSay() {
        byte[] salt = new byte[SegmentHeader.SALT_BYTES];
        salt[0] = 77;
        SegmentSeal seal = SegmentSeal.create(Fixtures.KEY, "rec", 5, salt);
        ByteBuffer segment = ByteBuffer.wrap(seal.header().encode());
        assertThat(segment.getShort(6)).isEqualTo((short) 3);
        assertThat(segment.getInt(8)).isEqualTo(5);
        assertThat(segment.get(SegmentHeader.RECORDING_OFFSET)).isEqualTo((byte) 'r');
        assertThat(segment.get(SegmentHeader.SALT_OFFSET)).isEqualTo((byte) 77);
        byte[] bytes = new byte[200];
        byte[] record = RecordHeader.record(RecordHeader.PACKET, 0x1234, -2, -3, new byte[9]);
        seal.seal(6, 7, BatchHeader.FLAG_DESCRIBES, java.util.List.of(SegmentSeal.Slice.of(record)), bytes);
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        assertThat(batch.getInt(4)).isEqualTo(6);
        assertThat(batch.getInt(8)).isEqualTo(7);
        assertThat(batch.getInt(12)).isEqualTo(24 + 9 + 16);
        assertThat(batch.getShort(16)).isEqualTo((short) 2);
        ByteBuffer header = ByteBuffer.wrap(record);
        assertThat(header.get(0)).isEqualTo((byte) 2);
        assertThat(header.getShort(2)).isEqualTo((short) 0x1234);
        assertThat(header.getInt(4)).isEqualTo(9);
        assertThat(header.getLong(8)).isEqualTo(-2);
        assertThat(header.getLong(16)).isEqualTo(-3);
    }
}
