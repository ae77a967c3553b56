package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that a segment is written to; the seam at which tests let disks fail. Owned by the tape thread. */
interface SegmentFile {
    /** Writes at the end, once. May write less than all, as a full disk does. */
    int write(ByteBuffer bytes) throws IOException;

    /** Returns when all that was written survives a power cut. */
    void force() throws IOException;

    /** Cuts what follows. */
    void truncate(long sizeBytes) throws IOException;

    void close() throws IOException;
}
