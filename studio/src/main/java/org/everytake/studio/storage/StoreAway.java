package org.everytake.studio.storage;

import java.time.Duration;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.Later;
import org.everytake.vault.StoreFault;

/** Work that needs a store and waits as long as that is away, full, or refuses us. */
public final class StoreAway {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private StoreAway() {}

    /** The same work, which is done later when its store is what ails. */
    public static JobKind.Work waits(JobKind.Work work) {
        return job -> {
            try {
                work.run(job);
            } catch (Exception e) {
                if (isWhy(e)) {
                    throw new Later(PAUSE, e);
                }
                throw e;
            }
        };
    }

    private static boolean isWhy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreFault fault) {
                return fault.isOfWholeStore();
            }
        }
        return false;
    }
}
