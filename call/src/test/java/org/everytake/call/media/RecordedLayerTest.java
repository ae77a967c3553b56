package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.everytake.call.Kind;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.Test;

class RecordedLayerTest {
    private static final long MILLI = 1_000_000L;

    private final RecordedLayer recorded = new RecordedLayer();
    private final Layer quarter = layer("q", 320, 180);
    private final Layer full = layer("f", 1_280, 720);

    private static Layer layer(String rid, int width, int height) {
        var layer = new Layer(rid, Kind.CAMERA, 0);
        layer.keyFrame(FrameSize.of(width, height), 0);
        return layer;
    }

    /** The first of a picture. */
    private boolean packet(Layer layer, boolean startsKeyFrame, long millis) {
        layer.arrived(1_000, millis * 90, millis * MILLI);
        return recorded.takes(layer, startsKeyFrame, millis * MILLI);
    }

    @Test
    void CAP_2_theBetterLayerIsTakenFromItsKeyFrameOnAndBothUntilThen() {
        assertThat(packet(quarter, true, 0)).isTrue();
        assertThat(packet(full, false, 10))
                .as("of a key frame whose start may be late")
                .isTrue();
        assertThat(packet(quarter, false, 20)).isTrue();
        assertThat(full.keyFrames().due(30 * MILLI, false)).isTrue();
        assertThat(packet(full, true, 40)).isTrue();
        assertThat(packet(quarter, false, 50)).as("late, or its last").isTrue();
        assertThat(packet(full, false, 600)).isTrue();
        assertThat(packet(quarter, false, 610)).isFalse();
        assertThat(recorded.current()).isSameAs(full);
    }

    @Test
    void CAP_2_theLesserIsTakenWhenTheBetterFallsSilent() {
        packet(full, true, 0);
        assertThat(packet(quarter, true, 33)).isFalse();
        assertThat(packet(full, false, 34)).isTrue();
        assertThat(packet(quarter, false, 67)).isFalse();
        assertThat(packet(quarter, false, 100)).isFalse();
        assertThat(packet(quarter, false, 133)).isFalse();
        assertThat(packet(quarter, false, 167))
                .as("three pictures have gone by without the other")
                .isTrue();
        assertThat(packet(full, false, 20)).as("sent again").isTrue();
        assertThat(packet(quarter, false, 168)).as("that is no new one").isTrue();
        assertThat(recorded.current()).isSameAs(full);
        assertThat(packet(quarter, true, 400)).isTrue();
        assertThat(recorded.current()).isSameAs(quarter);
        assertThat(packet(full, false, 2_000)).as("it has come back").isTrue();
        assertThat(packet(full, true, 2_100)).isTrue();
        assertThat(recorded.current()).isSameAs(full);
    }

    @Test
    void lossAndDelayAreNoSilence() {
        packet(full, true, 0);
        assertThat(packet(quarter, true, 33)).isFalse();
        assertThat(packet(quarter, false, 67)).isFalse();
        assertThat(packet(quarter, false, 50)).as("late").isFalse();
        assertThat(packet(quarter, false, 67)).as("sent again").isFalse();
        assertThat(packet(full, false, 99)).isTrue();
        assertThat(packet(quarter, false, 100)).isFalse();
        assertThat(packet(quarter, false, 133)).isFalse();
        assertThat(recorded.current()).isSameAs(full);
    }

    @Test
    void aPauseOfAllLayersChangesNothing() {
        packet(full, true, 0);
        assertThat(packet(quarter, false, 1_000)).isFalse();
        assertThat(packet(full, false, 1_001)).isTrue();
        assertThat(packet(quarter, true, 1_002)).isFalse();
        assertThat(recorded.current()).isSameAs(full);
    }
}
