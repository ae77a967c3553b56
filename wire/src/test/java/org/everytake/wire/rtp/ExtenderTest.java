package org.everytake.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtenderTest {
    @Test
    void sequenceNumbersGoOnOverTheWrap() {
        SequenceExtender extender = new SequenceExtender();
        assertThat(extender.highest()).isEqualTo(-1);
        assertThat(extender.extend(65534)).isEqualTo(65536 + 65534);
        assertThat(extender.extend(65535)).isEqualTo(65536 + 65535);
        assertThat(extender.extend(0)).isEqualTo(2 * 65536);
        assertThat(extender.highest()).isEqualTo(2 * 65536);
        assertThat(extender.highestForReport()).isEqualTo(65536);
    }

    @Test
    void lateNumbersFromBeforeTheWrapKeepTheirPlace() {
        SequenceExtender extender = new SequenceExtender();
        extender.extend(0);
        assertThat(extender.extend(65535)).isEqualTo(65535);
        assertThat(extender.extend(1)).isEqualTo(65537);
        assertThat(extender.extend(65534)).isEqualTo(65534);
        assertThat(extender.highest()).isEqualTo(65537);
    }

    @Test
    void sequenceNumbersStayNonNegativeHoweverTheyJump() {
        SequenceExtender extender = new SequenceExtender();
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            int sequenceNumber = random.nextInt(65536);
            assertThat(extender.extend(sequenceNumber)).isNotNegative().matches(e -> (e & 0xFFFF) == sequenceNumber);
        }
    }

    @Test
    void timestampsGoOnOverTheWrapInBothDirections() {
        TimestampExtender extender = new TimestampExtender();
        long cycle = 1L << 32;
        assertThat(extender.extend(0xFFFFFFFFL)).isEqualTo(cycle + 0xFFFFFFFFL);
        assertThat(extender.extend(0)).isEqualTo(2 * cycle);
        assertThat(extender.extend(0xFFFFFFFEL)).isEqualTo(cycle + 0xFFFFFFFEL);
        assertThat(extender.extend(5)).isEqualTo(2 * cycle + 5);
    }
}
