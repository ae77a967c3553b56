package org.everytake.peer.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
    private static final long MILLI = 1_000_000;
    private final ReceiveWindow window = new ReceiveWindow(true);

    @Test
    void whatIsMissingIsAskedForAfterTheTimeOfReorderingAndAgain() {
        window.arrived(65534, 0);
        window.arrived(1, 0);
        assertThat(window.missing()).isEqualTo(2);
        assertThat(window.toRequest(10 * MILLI)).isEmpty();
        assertThat(window.toRequest(20 * MILLI)).containsExactly(65536L + 65535, 2L * 65536);
        assertThat(window.toRequest(60 * MILLI)).isEmpty();
        assertThat(window.arrived(65535, 70 * MILLI)).isEqualTo(65536L + 65535);
        assertThat(window.toRequest(120 * MILLI)).containsExactly(2L * 65536);
        assertThat(window.missing()).isEqualTo(1);
        assertThat(window.repaired()).isEqualTo(1);
    }

    @Test
    void whatNeverComesIsGivenUpAndStaysMissing() {
        window.arrived(1, 0);
        window.arrived(3, 0);
        for (int i = 1; i < 20; i++) {
            window.toRequest(i * 200 * MILLI);
        }
        assertThat(window.isAwaited(65536 + 2)).isFalse();
        assertThat(window.missing()).isEqualTo(1);
        assertThat(window.arrived(2, 0)).isEqualTo(ReceiveWindow.DUPLICATE);
    }

    @Test
    void whatMayNotBeAskedForIsGivenUpAfterAWhile() {
        ReceiveWindow silent = new ReceiveWindow(false);
        silent.arrived(1, 0);
        silent.arrived(3, 0);
        assertThat(silent.toRequest(50 * MILLI)).isEmpty();
        assertThat(silent.isAwaited(65536 + 2)).isTrue();
        assertThat(silent.toRequest(100 * MILLI)).isEmpty();
        assertThat(silent.isAwaited(65536 + 2)).isFalse();
        assertThat(silent.missing()).isEqualTo(1);
    }

    @Test
    void duplicatesAreToldApart() {
        window.arrived(7, 0);
        assertThat(window.arrived(7, 0)).isEqualTo(ReceiveWindow.DUPLICATE);
        assertThat(window.duplicates()).isEqualTo(1);
    }

    @Test
    void aJumpIsANewBeginning() {
        window.arrived(0, 0);
        window.arrived(10_000, 0);
        assertThat(window.toRequest(MILLI * 1000)).isEmpty();
        assertThat(window.missing()).isEqualTo(9_999);
    }
}
