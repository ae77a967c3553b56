package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Browsers of different makers in one room. */
class BrowsersTest {

    @Test
    void CAP_1_CAP_2_chromiumAndFirefoxSeeAndHearEachOtherInEachCodecOfBoth() throws Exception {
        Optional<String> refused = Namespace.refused();
        assumeTrue(refused.isEmpty(), refused::orElseThrow);

        assertThat(Namespace.run(FirefoxCall.class)).contains("recorded", "video/VP8 both ways", "video/VP9 both ways");
    }
}
