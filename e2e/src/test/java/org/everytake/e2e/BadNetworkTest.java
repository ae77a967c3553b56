package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Browsers behind a network that loses and delays. */
class BadNetworkTest {

    @Test
    void CAP_2_ofWhatBrowsersSendOverABadNetworkNearlyAllIsOnTape() throws Exception {
        Optional<String> refused = Namespace.refused();
        assumeTrue(refused.isEmpty(), refused::orElseThrow);

        String said = Namespace.run(BadNetworkCall.class);
        System.out.println(said);
        assertThat(said).contains("Anna's MICROPHONE", "Anna's CAMERA", "Ben's MICROPHONE", "Ben's CAMERA");
    }
}
