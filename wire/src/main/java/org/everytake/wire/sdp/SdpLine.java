package org.everytake.wire.sdp;

/** A line that is not read further, such as {@code b=AS:1000}, kept as it came. */
public record SdpLine(char type, String value) {
    /** The line without its end. */
    public String line() {
        return type + "=" + value;
    }
}
