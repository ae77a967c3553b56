package org.everytake.call.net;

import java.io.IOException;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;

/** How datagrams get out of a UDP socket and into it. Owned by the loop. */
interface Datagrams {
    /** More than an Ethernet frame, for loopback's sake; what is longer is cut, and fails to authenticate. */
    int LARGEST = 4096;

    /** Room behind a datagram, so that it can be worked on in place. */
    int SLACK = 256;

    /** As many datagrams as are taken before timers and mailbox get their turn. */
    int BURST = 256;

    /**
     * Hands over what has arrived, at most about {@link #BURST}; does not wait. Returns whether more may be there.
     */
    boolean receive(DatagramPort.Receiver receiver) throws IOException;

    /** Whether what is handed over has the time at which it arrived, however late it is taken. */
    boolean isStamped();

    /** As {@link DatagramPort#send}. */
    boolean send(byte[] buffer, int offset, int length, TransportAddress to);

    /** As {@link DatagramPort#flush}. */
    int flush();

    /** The socket is the caller's, and is closed after this. */
    void close();
}
