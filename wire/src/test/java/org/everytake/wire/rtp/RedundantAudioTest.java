package org.everytake.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedundantAudioTest {
    private static final String TWO_EARLIER = """
            ef 1e 00 02    # type 111, 1920 earlier, two bytes
            ef 0f 00 01    # type 111, 960 earlier, one byte
            6f             # primary of type 111
            aabb           # the oldest
            cc             # the one before
            dddddd         # the primary
            """;

    @Test
    void blocksAreFound() throws Malformed {
        byte[] bytes = Hex.bytes("ffff" + TWO_EARLIER.replaceAll("#[^\n]*", "") + "ff");
        RedundantAudio red = new RedundantAudio().wrap(bytes, 2, bytes.length - 3);
        assertThat(red.count()).isEqualTo(3);
        assertThat(List.of(red.payloadType(0), red.payloadType(1), red.payloadType(2)))
                .containsOnly(111);
        assertThat(List.of(red.timestampOffset(0), red.timestampOffset(1), red.timestampOffset(2)))
                .containsExactly(1920, 960, 0);
        assertThat(List.of(red.offset(0), red.offset(1), red.offset(2))).containsExactly(11, 13, 14);
        assertThat(List.of(red.length(0), red.length(1), red.length(2))).containsExactly(2, 1, 3);
        assertThat(red.wrap(Hex.bytes("0001"), 0, 2).count()).isEqualTo(1);
        assertThat(red.payloadType(0)).isZero();
    }

    @Test
    void whatIsWrittenIsRead() {
        List<RedundantAudio.Earlier> earlier = List.of(
                new RedundantAudio.Earlier(111, 1920, Hex.bytes("aabb")),
                new RedundantAudio.Earlier(111, 960, Hex.bytes("cc")));
        byte[] primary = Hex.bytes("dddddd");
        byte[] out = new byte[1 + RedundantAudio.length(earlier, primary)];
        assertThat(RedundantAudio.write(out, 1, earlier, 111, primary)).isEqualTo(out.length - 1);
        assertThat(Hex.of(out)).isEqualTo("00" + Hex.of(Hex.bytes(TWO_EARLIER)));
    }

    @Test
    void theLargestEarlierFrameFits() throws Malformed {
        byte[] frame = new byte[RedundantAudio.MOST_BLOCK_LENGTH];
        frame[frame.length - 1] = 5;
        List<RedundantAudio.Earlier> earlier = Collections.nCopies(
                RedundantAudio.MOST_BLOCKS - 1,
                new RedundantAudio.Earlier(127, RedundantAudio.MOST_TIMESTAMP_OFFSET, frame));
        byte[] out = new byte[RedundantAudio.length(earlier, frame)];
        int length = RedundantAudio.write(out, 0, earlier, 0, frame);
        RedundantAudio red = new RedundantAudio().wrap(out, 0, length);
        assertThat(red.count()).isEqualTo(RedundantAudio.MOST_BLOCKS);
        assertThat(red.timestampOffset(0)).isEqualTo(RedundantAudio.MOST_TIMESTAMP_OFFSET);
        assertThat(out[red.offset(14) + red.length(14) - 1]).isEqualTo((byte) 5);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "header cut off, ef0f00",
        "no primary header, ef0f0000",
        "no primary, 6f",
        "earlier frames leave nothing, ef0f00016faa",
        "earlier frame over the end, ef0f00026faa"
    })
    void malformedPayloadsAreRefused(String name, String hex) {
        byte[] bytes = Hex.bytes(hex);
        RedundantAudio red = new RedundantAudio();
        assertThatThrownBy(() -> red.wrap(bytes, 0, bytes.length)).isInstanceOf(Malformed.class);
        assertThat(red.count()).isZero();
    }

    @Test
    void tooManyBlocksAreRefused() {
        byte[] bytes = Hex.bytes("ef0f0000".repeat(16) + "6faa");
        assertThatThrownBy(() -> new RedundantAudio().wrap(bytes, 0, bytes.length))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("more than 16");
    }

    @Test
    void whatDoesNotFitIsNotWritten() {
        assertThatThrownBy(() -> new RedundantAudio.Earlier(111, 16384, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedundantAudio.Earlier(111, 960, new byte[1024]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
