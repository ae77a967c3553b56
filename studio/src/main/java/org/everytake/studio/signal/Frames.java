package org.everytake.studio.signal;

/** The way back to one client. None of these blocks; after {@code close} the others do nothing. */
interface Frames {
    void send(String text);

    void ping();

    void close(int code, String reason);
}
