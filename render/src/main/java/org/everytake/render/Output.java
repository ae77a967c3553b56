package org.everytake.render;

import java.io.IOException;
import java.io.OutputStream;

/** Where a render puts what it makes. Nothing of it is written to a disk by the renderer itself. */
public interface Output {
    Pieces pieces();

    /** The finished file, written strictly forwards. Opened once; it is whole only if the render returns a result. */
    OutputStream file() throws IOException;
}
