package org.everytake.studio.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.read.TapeTail;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;

/**
 * Finds the tape of a recording wherever its segments lie: on the spool as long as they are there, else in the vault.
 * Any thread; may block.
 */
public final class TapeShelf {
    private final Spool spool;
    private final SegmentShelf shelf;
    private final SegmentStore segments;
    private final TapeKeys keys;

    public TapeShelf(Spool spool, SegmentShelf shelf, SegmentStore segments, TapeKeys keys) {
        this.spool = spool;
        this.shelf = shelf;
        this.segments = segments;
        this.keys = keys;
    }

    /** The tape, to be closed by the caller. */
    public RecordedTape open(UUID recording) throws IOException, TapeFault {
        TapeKey key = keys.find(recording)
                .orElseThrow(() -> new TapeFault("The tape cannot be read any more: its key is gone."));
        return RecordedTape.read(sources(recording), key);
    }

    /** The tape from its beginning on, of a recording that may still go on; to be closed by the caller. */
    public TapeTail follow(UUID recording) throws IOException, TapeFault {
        TapeKey key = keys.find(recording)
                .orElseThrow(() -> new TapeFault("The tape cannot be read any more: its key is gone."));
        return new TapeTail(() -> written(recording), key);
    }

    /** Those on the spool first: they may be ahead of the ledger. */
    private List<SegmentSource> written(UUID recording) throws TapeFault {
        List<SegmentSource> sources = new ArrayList<>(spool.written(recording.toString()));
        sources.addAll(sources(recording));
        return sources;
    }

    List<SegmentSource> sources(UUID recording) throws TapeFault {
        Map<String, SegmentSource> sources = new LinkedHashMap<>();
        for (Segment segment : segments.of(recording)) {
            sources.put(segment.name(), shelf.source(recording, segment.name()));
        }
        for (SealedSegment segment : spool.segments(recording.toString())) {
            sources.put(segment.name(), segment.source());
        }
        return List.copyOf(sources.values());
    }
}
