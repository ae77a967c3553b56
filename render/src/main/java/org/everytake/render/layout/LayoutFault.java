package org.everytake.render.layout;

/** A layout that cannot be used. The message is a sentence for whoever wrote it: what is wrong, and where. */
public final class LayoutFault extends Exception {
    private static final long serialVersionUID = 1;

    LayoutFault(String sentence) {
        super(sentence);
    }
}
