package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameRequesterTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long START = 10_000 * MILLISECOND;

    private final KeyFrameRequester requester = new KeyFrameRequester(START);

    private boolean due(long milliseconds, boolean recording) {
        return requester.due(START + milliseconds * MILLISECOND, recording);
    }

    @Test
    void nothingIsAskedUnlessWanted() {
        assertThat(due(0, false)).isFalse();
        assertThat(due(60_000, false)).isFalse();
    }

    @Test
    void wishesWithinHalfASecondAreOneRequest() {
        requester.want();
        assertThat(due(0, false)).isTrue();
        requester.keyFrame(START + 50 * MILLISECOND);
        requester.want();
        assertThat(due(100, false)).isFalse();
        requester.want();
        assertThat(due(499, false)).isFalse();
        assertThat(due(500, false)).isTrue();
    }

    @Test
    void aRequestIsRepeatedUntilTheFrameComes() {
        requester.want();
        assertThat(due(0, false)).isTrue();
        assertThat(due(900, false)).isFalse();
        assertThat(due(1_000, false)).isTrue();
        requester.keyFrame(START + 1_100 * MILLISECOND);
        assertThat(due(5_000, false)).isFalse();
    }

    @Test
    void aRecordingAsksEachTenSecondsUnlessFramesComeAnyway() {
        assertThat(due(9_999, true)).isFalse();
        assertThat(due(10_000, true)).isTrue();
        requester.keyFrame(START + 10_050 * MILLISECOND);
        assertThat(due(20_000, true)).isFalse();
        requester.keyFrame(START + 20_040 * MILLISECOND);
        assertThat(due(30_000, true)).isFalse();
        assertThat(due(30_040, true)).isTrue();
    }
}
