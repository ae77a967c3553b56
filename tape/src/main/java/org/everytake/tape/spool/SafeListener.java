package org.everytake.tape.spool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.tape.TapeFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a listener's own failures away from the tape thread, and logs what it is told. */
final class SafeListener implements SpoolListener {
    private static final Logger log = LoggerFactory.getLogger(SafeListener.class);

    private final SpoolListener listener;

    /** Recordings of which it was logged that they cannot be written, and not yet that they can be again. */
    private final Set<String> faulty = ConcurrentHashMap.newKeySet();

    SafeListener(SpoolListener listener) {
        this.listener = listener;
    }

    @Override
    public void committed(String recording, int take, long position) {
        tell(() -> listener.committed(recording, take, position));
    }

    @Override
    public void sealed(String recording, SealedSegment segment) {
        log.debug("Segment {} of recording {} sealed, {} bytes", segment.name(), recording, segment.sizeBytes());
        tell(() -> listener.sealed(recording, segment));
    }

    @Override
    public void faulted(String recording, TapeFault fault) {
        // A disk that takes nothing says so at each try.
        if (faulty.add(recording)) {
            log.error("Recording {}: {}", recording, fault.getMessage());
        }
        log.debug("Recording {}: the fault", recording, fault);
        tell(() -> listener.faulted(recording, fault));
    }

    @Override
    public void recovered(String recording) {
        faulty.remove(recording);
        log.info("Recording {} is written again", recording);
        tell(() -> listener.recovered(recording));
    }

    private static void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            log.error("A listener of the spool failed", e);
        }
    }
}
