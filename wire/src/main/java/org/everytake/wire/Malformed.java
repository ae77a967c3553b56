package org.everytake.wire;

/**
 * Bytes that are not what they claim to be. Whose fault: the network's or the sender's, so the caller
 * drops and counts. Carries no stack trace, because a flood of bad packets must stay cheap.
 */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final int offset;
    private final String why;

    /**
     * @param what the thing that was being read, such as {@code "RTP header"}
     * @param offset where in it the fault lies, in bytes (in SDP: the line's number) from its start
     * @param why what is wrong, as half a sentence
     */
    public Malformed(String what, int offset, String why) {
        super(what + " at " + offset + ": " + why, null, false, false);
        this.what = what;
        this.offset = offset;
        this.why = why;
    }

    public String what() {
        return what;
    }

    public int offset() {
        return offset;
    }

    public String why() {
        return why;
    }
}
