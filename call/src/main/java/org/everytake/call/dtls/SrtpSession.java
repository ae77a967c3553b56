package org.everytake.call.dtls;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.utils.logging2.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts RTP and RTCP (RFC 3711, RFC 7714) in place, with the keys of one handshake. Sources get a
 * context when they first appear, but none if that packet is not authentic. How many there are is bounded: of those
 * that send to us the one that was silent longest makes room. Owned by one thread.
 */
public final class SrtpSession implements AutoCloseable {
    /** How many bytes must be free behind a packet that is to be protected. */
    public static final int OVERHEAD_BYTES = 40;

    /** Results of unprotect that are not a length. */
    public static final int UNAUTHENTIC = -1;

    public static final int REPLAYED = -2;
    public static final int TOO_SHORT = -3;

    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final Logger SILENT = new SilentLogger();

    static {
        SrtpCiphers.useTheJdks();
    }

    private final SrtpContextFactory outbound;
    private final SrtpContextFactory inbound;
    private final Sources<Source> received;
    private final Sources<SrtcpCryptoContext> receivedControl;
    private final Sources<SrtpCryptoContext> sent;
    private final Sources<SrtcpCryptoContext> sentControl;
    private final Region region = new Region();
    private final int tagBytes;

    /** What we know of a source that sends to us. */
    private record Source(SrtpCryptoContext context, ReplayWindow window) {}

    /**
     * @param inboundSources how many that send to us are remembered, of RTP and RTCP each
     * @param outboundSources how many we may send: their numbers of packets must never be forgotten, so none makes room
     */
    public SrtpSession(SrtpKeys keys, int inboundSources, int outboundSources) {
        tagBytes = keys.profile().tagBytes();
        outbound = factory(true, keys.localKey(), keys.localSalt(), keys.profile());
        inbound = factory(false, keys.remoteKey(), keys.remoteSalt(), keys.profile());
        received = new Sources<>(inboundSources);
        receivedControl = new Sources<>(inboundSources);
        sent = new Sources<>(outboundSources);
        sentControl = new Sources<>(outboundSources);
    }

    private static SrtpContextFactory factory(boolean sender, byte[] key, byte[] salt, SrtpProfile profile) {
        // The factory wipes the arrays that it is given.
        return new SrtpContextFactory(
                sender, key.clone(), salt.clone(), profile.rtpPolicy(), profile.rtcpPolicy(), SILENT);
    }

    /**
     * Encrypts an RTP packet. A packet may be protected again under its number only if it is the same in every byte, and
     * not twice in a row, which the JDK's cipher refuses.
     *
     * @return its new length
     * @throws GeneralSecurityException if it was not encrypted, and so must not be sent
     */
    public int protect(byte[] buffer, int offset, int length) throws GeneralSecurityException {
        int ssrc = readInt(buffer, offset + 8);
        SrtpCryptoContext context = sent.get(ssrc);
        if (context == null) {
            context = outbound.deriveContext(ssrc, 0);
            if (!sent.put(ssrc, context)) {
                throw new GeneralSecurityException("too many sources to send");
            }
        }
        return sentLength(context.transformPacket(region.wrap(buffer, offset, length)), length);
    }

    /** Encrypts a compound RTCP packet. */
    public int protectControl(byte[] buffer, int offset, int length) throws GeneralSecurityException {
        int ssrc = readInt(buffer, offset + 4);
        SrtcpCryptoContext context = sentControl.get(ssrc);
        if (context == null) {
            context = outbound.deriveControlContext(ssrc);
            if (!sentControl.put(ssrc, context)) {
                throw new GeneralSecurityException("too many sources to send");
            }
        }
        return sentLength(context.transformPacket(region.wrap(buffer, offset, length)), length);
    }

    private int sentLength(SrtpErrorStatus status, int plainLength) throws GeneralSecurityException {
        // The library says OK even if its cipher failed; then there is no tag, and the packet is still plain.
        if (status != SrtpErrorStatus.OK || region.getLength() < plainLength + tagBytes) {
            throw new GeneralSecurityException("cannot protect: " + status);
        }
        return region.getLength();
    }

    /**
     * Decrypts an RTP packet.
     *
     * @return its new length, or one of the negative results
     */
    public int unprotect(byte[] buffer, int offset, int length) {
        if (length < RTP_HEADER_BYTES) {
            return TOO_SHORT;
        }
        int ssrc = readInt(buffer, offset + 8);
        int sequenceNumber = (buffer[offset + 2] & 0xFF) << 8 | buffer[offset + 3] & 0xFF;
        Source source = received.get(ssrc);
        boolean fresh = source == null;
        if (source == null) {
            try {
                source = new Source(inbound.deriveContext(ssrc, 0), new ReplayWindow());
            } catch (GeneralSecurityException e) {
                return UNAUTHENTIC;
            }
        }
        SrtpErrorStatus status;
        try {
            status = source.context().reverseTransformPacket(region.wrap(buffer, offset, length), false);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Lengths in a forged header lead the library beyond the packet.
            return UNAUTHENTIC;
        }
        if (status != SrtpErrorStatus.OK) {
            return UNAUTHENTIC;
        }
        if (fresh) {
            received.putEvicting(ssrc, source);
        }
        return source.window().accept(sequenceNumber) ? region.getLength() : REPLAYED;
    }

    /**
     * Decrypts a compound RTCP packet.
     *
     * @return its new length, or one of the negative results
     */
    public int unprotectControl(byte[] buffer, int offset, int length) {
        if (length < RTCP_HEADER_BYTES) {
            return TOO_SHORT;
        }
        int ssrc = readInt(buffer, offset + 4);
        SrtcpCryptoContext context = receivedControl.get(ssrc);
        boolean fresh = context == null;
        try {
            if (context == null) {
                context = inbound.deriveControlContext(ssrc);
            }
            SrtpErrorStatus status = context.reverseTransformPacket(region.wrap(buffer, offset, length));
            if (status == SrtpErrorStatus.REPLAY_FAIL || status == SrtpErrorStatus.REPLAY_OLD) {
                return REPLAYED;
            }
            if (status != SrtpErrorStatus.OK) {
                return UNAUTHENTIC;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            return UNAUTHENTIC;
        }
        if (fresh) {
            receivedControl.putEvicting(ssrc, context);
        }
        return region.getLength();
    }

    /** A source that will not send to us again makes room for another. */
    public void forgetReceived(long ssrc) {
        received.remove((int) ssrc);
        receivedControl.remove((int) ssrc);
    }

    /** A source that we shall never send again; its number must not be used again in this session. */
    public void forgetSent(long ssrc) {
        sent.remove((int) ssrc);
        sentControl.remove((int) ssrc);
    }

    @Override
    public void close() {
        outbound.close();
        inbound.close();
    }

    private static int readInt(byte[] buffer, int at) {
        return (buffer[at] & 0xFF) << 24
                | (buffer[at + 1] & 0xFF) << 16
                | (buffer[at + 2] & 0xFF) << 8
                | buffer[at + 3] & 0xFF;
    }

    /** By SSRC, without boxing. There are few, so a search along an array is as fast as any table. */
    private static final class Sources<T> {
        private final int limit;
        private int[] ssrcs = new int[4];
        private Object[] values = new Object[4];
        private long[] uses = new long[4];
        private long use;
        private int size;

        Sources(int limit) {
            this.limit = limit;
        }

        boolean isFull() {
            return size >= limit;
        }

        @SuppressWarnings("unchecked")
        @Nullable
        T get(int ssrc) {
            for (int i = 0; i < size; i++) {
                if (ssrcs[i] == ssrc) {
                    uses[i] = ++use;
                    return (T) values[i];
                }
            }
            return null;
        }

        boolean put(int ssrc, T value) {
            if (isFull()) {
                return false;
            }
            if (size == ssrcs.length) {
                ssrcs = Arrays.copyOf(ssrcs, size * 2);
                values = Arrays.copyOf(values, size * 2);
                uses = Arrays.copyOf(uses, size * 2);
            }
            ssrcs[size] = ssrc;
            uses[size] = ++use;
            values[size++] = value;
            return true;
        }

        void putEvicting(int ssrc, T value) {
            if (isFull()) {
                int oldest = 0;
                for (int i = 1; i < size; i++) {
                    oldest = uses[i] < uses[oldest] ? i : oldest;
                }
                remove(ssrcs[oldest]);
            }
            put(ssrc, value);
        }

        void remove(int ssrc) {
            for (int i = 0; i < size; i++) {
                if (ssrcs[i] == ssrc) {
                    size--;
                    ssrcs[i] = ssrcs[size];
                    uses[i] = uses[size];
                    values[i] = values[size];
                    return;
                }
            }
        }
    }
}
