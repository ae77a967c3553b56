package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3UploadTest {
    @ParameterizedTest
    @CsvSource({"0, 8", "83886080000, 8", "83886080001, 9", "1099511627776, 105", "5497558138880, 525"})
    void partsGrowWithTheFileSoThatTenThousandAreEnough(long fileBytes, int partMegabytes) {
        assertThat(S3Upload.partBytes(fileBytes)).isEqualTo(partMegabytes << 20);
        assertThat((long) S3Upload.partBytes(fileBytes) * S3Upload.MOST_PARTS).isGreaterThanOrEqualTo(fileBytes);
    }
}
