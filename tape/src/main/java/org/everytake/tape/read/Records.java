package org.everytake.tape.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Records that are looked for when they are asked for. One thread. */
abstract class Records implements Iterator<TapeRecord> {
    private boolean looked;
    private @Nullable TapeRecord next;

    /** The next record, or null if there is none left. */
    abstract @Nullable TapeRecord look() throws IOException;

    @Override
    public final boolean hasNext() {
        return peek() != null;
    }

    @Override
    public final TapeRecord next() {
        TapeRecord record = peek();
        if (record == null) {
            throw new NoSuchElementException();
        }
        looked = false;
        return record;
    }

    private @Nullable TapeRecord peek() {
        if (!looked) {
            try {
                next = look();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            looked = true;
        }
        return next;
    }
}
