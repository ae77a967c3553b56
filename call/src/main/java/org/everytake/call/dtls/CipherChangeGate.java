package org.everytake.call.dtls;

import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;

/**
 * Keeps a ChangeCipherSpec from a server that still waits for the client's CertificateVerify. BouncyCastle's takes it as
 * soon as it has the keys, and from then on drops what is not encrypted: a CertificateVerify that was lost or overtaken
 * could never come any more, and one in twenty handshakes would fail where one in twenty datagrams is lost. What is kept
 * away comes again with the client's next repetition. Owned by the session's thread.
 *
 * <pre>
 *  a record:      type (1) | version (2) | epoch (2) | sequence number (6) | length (2) | fragment ...
 *  its fragment:  type (1) | length (3) | message number (2) | fragment offset (3) | fragment length (3) | ...
 * </pre>
 */
final class CipherChangeGate {
    private static final int RECORD_HEADER = 13;
    private static final int FRAGMENT_HEADER = 12;

    /** Open from the start for a client, to whom nobody sends a CertificateVerify. */
    private boolean open;

    CipherChangeGate(DtlsRole role) {
        open = role == DtlsRole.CLIENT;
    }

    /** How much of a datagram may pass: all, or what stands before a ChangeCipherSpec that is too early. */
    int passing(byte[] datagram) {
        int at = 0;
        while (!open && datagram.length - at >= RECORD_HEADER) {
            if (datagram[at] == ContentType.change_cipher_spec) {
                return at;
            }
            int fragment = at + RECORD_HEADER;
            at = fragment + u16(datagram, at + 11);
            open = at <= datagram.length && endsVerify(datagram, fragment, at);
        }
        return datagram.length;
    }

    private static boolean endsVerify(byte[] datagram, int fragment, int end) {
        return end - fragment >= FRAGMENT_HEADER
                && datagram[fragment - RECORD_HEADER] == ContentType.handshake
                && u16(datagram, fragment - RECORD_HEADER + 3) == 0
                && datagram[fragment] == HandshakeType.certificate_verify
                && u24(datagram, fragment + 6) + u24(datagram, fragment + 9) == u24(datagram, fragment + 1);
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    private static int u24(byte[] b, int at) {
        return (b[at] & 0xFF) << 16 | u16(b, at + 1);
    }
}
