package org.everytake.vault;

import java.io.IOException;

/** There is no object of that name. */
public final class NoSuchObject extends IOException {
    private static final long serialVersionUID = 1;

    public NoSuchObject(String name) {
        super("There is no object " + name + ".");
    }
}
