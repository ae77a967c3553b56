package org.everytake.call.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ActiveSpeakerTest {
    private static final long ROUND = 300_000_000L;

    private final ActiveSpeaker speaker = new ActiveSpeaker();
    private long now;

    private boolean look(double anna, double ben) {
        now += ROUND;
        return speaker.changes(Map.of("anna", anna, "ben", ben), now);
    }

    @Test
    void whoIsLoudestForAMomentSpeaks() {
        assertThat(look(100, 20)).isFalse();
        assertThat(look(100, 20)).isTrue();
        assertThat(speaker.speaker()).isEqualTo("anna");
    }

    @Test
    void aCoughTurnsNoHeads() {
        look(100, 20);
        look(100, 20);
        assertThat(look(100, 120)).isFalse();
        assertThat(look(100, 20)).isFalse();
        assertThat(look(100, 103)).isFalse();
        assertThat(look(100, 103)).as("hardly louder").isFalse();
        look(20, 90);
        assertThat(look(20, 90)).isTrue();
        assertThat(speaker.speaker()).isEqualTo("ben");
    }

    @Test
    void nobodySpeaksAfterAWhileOfSilence() {
        look(100, 20);
        look(100, 20);
        for (int i = 0; i < 10; i++) {
            assertThat(look(20, 20)).isFalse();
        }
        assertThat(look(20, 20)).isTrue();
        assertThat(speaker.speaker()).isNull();
    }

    @Test
    void whoHasLeftSpeaksNoMore() {
        look(100, 20);
        look(100, 20);
        assertThat(speaker.changes(Map.of("ben", 0.0), now + ROUND)).isTrue();
        assertThat(speaker.speaker()).isNull();
    }
}
