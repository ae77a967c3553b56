package org.everytake.tape.spool;

import org.everytake.tape.TapeFault;

/** Hears what becomes of what was appended. Called on the tape thread: be brief, and never wait. */
public interface SpoolListener {

    /**
     * After a commit, for each take that gained by it: every record up to this position survives a power cut.
     *
     * @param take 0 for the journal
     */
    void committed(String recording, int take, long position);

    /** A segment is complete, closed and durable, and can be shipped. */
    void sealed(String recording, SealedSegment segment);

    /**
     * A commit failed. Nothing committed is lost; what was not is kept, as long as memory suffices, and tried again at
     * each tick in a new segment. Told once for each failed attempt, at most once a second.
     */
    void faulted(String recording, TapeFault fault);

    /** Commits work again after {@link #faulted}. */
    void recovered(String recording);

    /** Hears nothing. */
    SpoolListener NONE = new SpoolListener() {
        @Override
        public void committed(String recording, int take, long position) {}

        @Override
        public void sealed(String recording, SealedSegment segment) {}

        @Override
        public void faulted(String recording, TapeFault fault) {}

        @Override
        public void recovered(String recording) {}
    };
}
