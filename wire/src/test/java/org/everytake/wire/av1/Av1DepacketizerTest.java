package org.everytake.wire.av1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.everytake.wire.Hex;
import org.everytake.wire.video.Assembled;
import org.everytake.wire.video.FrameSize;
import org.everytake.wire.video.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Av1DepacketizerTest {
    /**
     * Profile 0, no timing, no delays, one operating point of level 4, sizes of 10 and 9 bits: 640 and 360 less one.
     */
    private static final String SEQUENCE = "08 000000 24c4 ff6780";

    private static final String DELIMITER = "1200";

    private final Assembled heard = new Assembled(new Av1Depacketizer(), 1);

    static List<List<String>> packets() {
        return List.of(
                // N, W 2: length, sequence header; a key frame
                List.of("28 09" + SEQUENCE + "30 10aabb"),
                // N, W 0: each with its length
                List.of("08 09" + SEQUENCE + "04 3010aabb"),
                // W 3 with a delimiter, which is left out
                List.of("38 02 1200 09" + SEQUENCE + "30 10aabb"),
                // sizes within OBUs are taken as well
                List.of("08 0a 0a08" + SEQUENCE.substring(2) + "05 32 03 10aabb"),
                // a frame in two parts: Y, then Z
                List.of("68 09" + SEQUENCE + "3010", "90 aabb"),
                // in three, the last together with padding, which is left out
                List.of("48 09" + SEQUENCE + "01 30", "d0 10aa", "80 01 bb 02 78 00"));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void elementsBecomeATemporalUnitWithSizes(List<String> packets) {
        heard.push(0, packets.stream().map(Hex::bytes).toList());
        assertThat(heard.losses).isEmpty();
        assertThat(heard.frames).singleElement().satisfies(frame -> {
            assertThat(frame.bytes()).isEqualTo(Hex.bytes(DELIMITER + "0a08" + SEQUENCE.substring(2) + "32 03 10aabb"));
            assertThat(frame.keyFrame()).isTrue();
            assertThat(frame.width()).isEqualTo(640);
            assertThat(frame.height()).isEqualTo(360);
        });
    }

    @Test
    void otherFramesAreNoKeyFrames() {
        heard.push(0, true, Hex.bytes("10 30 30aabb")); // an inter frame
        heard.push(1, true, Hex.bytes("10 30 10aabb")); // a key frame without a sequence header
        heard.push(2, true, Hex.bytes("10 18 80")); // an old frame shown
        assertThat(heard.losses).isEmpty();
        assertThat(heard.frames).hasSize(3).noneMatch(VideoFrame::keyFrame);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10", // nothing
                "00 05 30aa", // an element over the end
                "00 ff", // a length without its end
                "20 01 30", // fewer elements than W
                "10 32 09 10aa", // another size than it has
                "10 34", // without the layers that its head promises
                "80 30", // the second half of an unknown OBU
                "50 30 10", // an OBU without its end
                "10 0a 01", // no frame
            })
    void whatIsUnusableIsALoss(String hex) {
        heard.push(0, true, Hex.bytes(hex));
        assertThat(heard.frames).isEmpty();
        assertThat(heard.losses).hasSize(1).allMatch(loss -> loss.frameLost());
    }

    @Test
    void anObuThatIsNotGoneOnWithIsALoss() {
        heard.push(0, false, Hex.bytes("50 30 10")).push(0, true, Hex.bytes("10 30 10aa"));
        assertThat(heard.frames).isEmpty();
        assertThat(heard.losses).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"18 0a, true", "08 02 0a00, true", "10 30, false", "98 30, false", "18, false"})
    void keyFramesStartWhereNIsSet(String hex, boolean starts) {
        byte[] payload = Hex.bytes(hex);
        assertThat(Av1Payload.startsKeyFrame(payload, 0, payload.length)).isEqualTo(starts);
    }

    @ParameterizedTest
    @CsvSource({
        "28 09" + SEQUENCE + "30 10, 640",
        "08 02 1200 0a 0a08 000000 24c4 ff6780 02 3010, 640",
        "28 09 30, 0",
        "18 08 00, 0",
        "10" + SEQUENCE + ", 0",
        "08 ff, 0"
    })
    void theSizeComesFromTheSequenceHeader(String hex, int width) {
        byte[] payload = Hex.bytes(hex);
        assertThat(FrameSize.width(Av1Payload.frameSize(payload, 0, payload.length)))
                .isEqualTo(width);
    }
}
