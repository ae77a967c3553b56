package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.file.Path;
import org.everytake.tape.format.SegmentName;
import org.jspecify.annotations.Nullable;

/**
 * A segment that a write or commit to failed. What of it is durable is kept, the rest is cut off: it is written again,
 * in a new segment under a new key. Owned by the tape thread.
 */
final class Abandoned {
    private final Disk disk;
    private final Path folder;
    private final int ordinal;
    private final SegmentFile file;
    private final long committedLength;

    Abandoned(Disk disk, Path folder, int ordinal, SegmentFile file, long committedLength) {
        this.disk = disk;
        this.folder = folder;
        this.ordinal = ordinal;
        this.file = file;
        this.committedLength = committedLength;
    }

    int ordinal() {
        return ordinal;
    }

    /**
     * Cuts and seals; may be tried again after it failed.
     *
     * @return what is left, or null if nothing was ever durable and the file is gone
     */
    @Nullable
    SealedSegment settle() throws IOException {
        Path open = path(SegmentName.State.OPEN);
        Path sealed = path(SegmentName.State.SEALED);
        Path cut = path(SegmentName.State.CUT);
        if (committedLength == 0) {
            file.close();
            disk.delete(open);
            disk.forceFolder(folder);
            return null;
        }
        if (disk.exists(sealed)) { // it failed after it was renamed: it is whole
            return finish(sealed);
        }
        if (disk.exists(open)) {
            cut(open);
            disk.rename(open, cut);
        }
        return finish(cut);
    }

    private void cut(Path open) throws IOException {
        file.close();
        SegmentFile again = disk.reopen(open);
        try {
            again.truncate(committedLength);
            again.force();
        } finally {
            again.close();
        }
    }

    private SealedSegment finish(Path path) throws IOException {
        file.close();
        disk.forceFolder(folder);
        return SealedSegment.found(ordinal, path);
    }

    private Path path(SegmentName.State state) {
        return folder.resolve(new SegmentName(ordinal, state).toString());
    }
}
