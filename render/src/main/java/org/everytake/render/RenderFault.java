package org.everytake.render;

/** A render that cannot be finished. The message is a sentence for people. */
public final class RenderFault extends Exception {
    private static final long serialVersionUID = 1;

    public RenderFault(String sentence) {
        super(sentence);
    }

    public RenderFault(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
