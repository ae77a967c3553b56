package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-,          0,   999",
        "bytes=0-0,         0,   0",
        "bytes=500-,        500, 999",
        "bytes=500-600,     500, 600",
        "bytes=500-5000,    500, 999",
        "bytes=-500,        500, 999",
        "bytes=-1,          999, 999",
        "bytes=-5000,       0,   999",
        "BYTES=1-2,         1,   2",
        "'bytes = 1-2 ',    1,   2",
        "bytes=00001-00002, 1,   2",
        "bytes=1-99999999999999999999999999, 1, 999"
    })
    void onePart(String header, long first, long last) {
        assertThat(ByteRange.of(header, 1000)).isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=-0", "bytes=5000-6000", "bytes=99999999999999999999999-"})
    void unsatisfiable(String header) {
        assertThat(ByteRange.of(header, 1000)).isInstanceOf(ByteRange.Unsatisfiable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=-", "bytes=", "bytes=2-1", "bytes=a-b", "lines=0-1", "bytes=0-1,3-4", "0-1", ""})
    void whatIsMalformedUnknownOrManyIsAnsweredWithAll(String header) {
        assertThat(ByteRange.of(header, 1000)).isInstanceOf(ByteRange.Whole.class);
    }

    @Test
    void ofNothingThereIsOnlyTheWhole() {
        assertThat(ByteRange.of(null, 0)).isInstanceOf(ByteRange.Whole.class);
        assertThat(ByteRange.of("bytes=0-", 0)).isInstanceOf(ByteRange.Unsatisfiable.class);
        assertThat(ByteRange.of("bytes=-5", 0)).isInstanceOf(ByteRange.Unsatisfiable.class);
    }
}
