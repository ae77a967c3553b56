package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the spool asks of a file system; the seam at which tests let disks fail. Owned by the tape thread. */
interface Disk {
    /** Makes the folder and its parents, durably. */
    void createFolder(Path folder) throws IOException;

    /** A new, empty file. Its name is durable after {@link #forceFolder}. */
    SegmentFile create(Path file) throws IOException;

    /** An existing file, to be cut and closed. */
    SegmentFile reopen(Path file) throws IOException;

    /** Renames within a folder. Durable after {@link #forceFolder}. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty folder; a missing one is no error. */
    void delete(Path path) throws IOException;

    /** Makes the names in a folder durable. */
    void forceFolder(Path folder) throws IOException;

    /** What lies in a folder; nothing if there is no such folder. Sorted by name. */
    List<Path> list(Path folder) throws IOException;

    boolean exists(Path path);

    long usableBytes(Path folder) throws IOException;
}
