package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final Ids ids = new Ids(new SecureRandom(), (InstantSource) () -> now);

    @Test
    void aSessionsIdHolds128BitsIn26Characters() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String id = ids.invitation();
            assertThat(id).matches("[a-z2-7]{26}");
            seen.add(id);
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void anIdIsOfVersion7AndSortsByTime() {
        var first = ids.next();
        now = now.plusMillis(1);
        var second = ids.next();
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.getMostSignificantBits() >>> 16)
                .isEqualTo(now.minusMillis(1).toEpochMilli());
        assertThat(second.toString()).isGreaterThan(first.toString());
    }
}
