package org.everytake.call.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.everytake.call.Demand;
import org.junit.jupiter.api.Test;

class DemandsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<Demand> ALL = List.of(new Demand("1", Set.of("q", "h", "f")));
    private static final List<Demand> SMALL = List.of(new Demand("1", Set.of("q")));

    private final Demands demands = new Demands();

    @Test
    void moreIsAskedForAtOnceAndLessAfterAWhile() {
        assertThat(demands.due(ALL, 0)).isEqualTo(ALL);
        assertThat(demands.due(ALL, SECOND)).isNull();
        assertThat(demands.due(SMALL, 2 * SECOND)).isNull();
        assertThat(demands.due(SMALL, 3 * SECOND)).isNull();
        assertThat(demands.due(SMALL, 4 * SECOND)).isEqualTo(SMALL);
        assertThat(demands.due(ALL, 4 * SECOND + 1)).isEqualTo(ALL);
    }

    @Test
    void whoLooksBackWithinTheWhileNoticesNothing() {
        demands.due(ALL, 0);
        assertThat(demands.due(SMALL, SECOND)).isNull();
        assertThat(demands.due(ALL, 2 * SECOND)).isNull();
        assertThat(demands.due(SMALL, 2 * SECOND + 1)).isNull();
        assertThat(demands.due(SMALL, 4 * SECOND)).isNull();
    }

    @Test
    void aNewVideoIsMore() {
        demands.due(SMALL, 0);
        var both = List.of(SMALL.getFirst(), new Demand("2", Set.of()));
        assertThat(demands.due(both, 1)).isEqualTo(both);
    }
}
