package org.everytake.call.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.Demand;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has been told that is wanted of their videos. More is asked for at once; that less is enough is said only
 * after a while, since who looks away often looks back. Owned by the loop; time comes in.
 */
final class Demands {
    static final long PATIENCE_NANOS = 2_000_000_000L;

    private @Nullable List<Demand> told;
    private boolean lessIsEnough;
    private long lessSinceNanos;

    /** What is to be told now; null if nothing is. */
    @Nullable
    List<Demand> due(List<Demand> wanted, long nowNanos) {
        if (wanted.equals(told)) {
            lessIsEnough = false;
            return null;
        }
        if (told != null && !wantsMore(wanted, told)) {
            if (!lessIsEnough) {
                lessIsEnough = true;
                lessSinceNanos = nowNanos;
            }
            if (nowNanos - lessSinceNanos < PATIENCE_NANOS) {
                return null;
            }
        }
        lessIsEnough = false;
        told = wanted;
        return wanted;
    }

    private static boolean wantsMore(List<Demand> wanted, List<Demand> told) {
        Map<String, Set<String>> before = new HashMap<>();
        told.forEach(demand -> before.put(demand.mid(), demand.rids()));
        for (Demand demand : wanted) {
            Set<String> rids = before.get(demand.mid());
            if (rids == null || !rids.containsAll(demand.rids())) {
                return true;
            }
        }
        return false;
    }
}
