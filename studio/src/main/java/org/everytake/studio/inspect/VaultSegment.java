package org.everytake.studio.inspect;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.read.SegmentSource;
import org.everytake.vault.Inspection;
import org.everytake.vault.Stored;

/**
 * A segment that lies in the vault.
 *
 * @param object its name there
 */
record VaultSegment(Inspection vault, String object) implements SegmentSource {

    /** Those of a recording, by name. */
    static List<SegmentSource> of(Inspection vault, String recording) throws IOException {
        List<SegmentSource> segments = new ArrayList<>();
        for (Stored object : vault.list(VaultShelf.RECORDINGS + recording + VaultShelf.TAPE)) {
            segments.add(new VaultSegment(vault, object.name()));
        }
        return segments;
    }

    @Override
    public String name() {
        return object.substring(object.lastIndexOf('/') + 1);
    }

    @Override
    public SeekableByteChannel open() throws IOException {
        return vault.open(object);
    }
}
