package org.everytake.wire.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;

class Av1ConfigurationTest {
    private static final String DELIMITER = "1200";

    /** Of libaom: profile 0, level 2.0, 8 bits, 32 by 18 pixels. */
    private static final String HEADER = "0a0a0000000227e26d7c8020";

    private static final String FRAME = "320410009000";

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts));
    }

    @Test
    void theRecordSaysWhatTheSequenceHeaderSays() throws Exception {
        byte[] record = Av1Configuration.of(hex(DELIMITER, HEADER, FRAME));
        assertThat(HexFormat.of().formatHex(record))
                // marker and version; profile and level; 4:2:0 of 8 bits; the header itself
                .isEqualTo("81" + "00" + "0c" + "00" + HEADER);
    }

    @Test
    void aUnitWithoutAHeaderHasNoRecord() throws Exception {
        assertThat(Av1Configuration.of(hex(DELIMITER, FRAME))).isEmpty();
    }

    @Test
    void delimitersAreLeftOut() throws Exception {
        assertThat(Av1Configuration.withoutDelimiter(hex(DELIMITER, HEADER, FRAME)))
                .isEqualTo(hex(HEADER, FRAME));
    }

    @Test
    void whatIsCutOffIsMalformed() {
        byte[] whole = hex(HEADER);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Av1Configuration.of(cut)).isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> Av1Configuration.of(hex("0a0200", "00")))
                .as("a header that ends before the size")
                .isInstanceOf(Malformed.class);
    }
}
